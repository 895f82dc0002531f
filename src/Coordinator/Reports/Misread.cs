namespace Distributed.Coordinator.Reports;

/// <summary>A sample that was taken for something else.</summary>
/// <param name="Index">Its place in the data, from 0.</param>
/// <param name="Label">Its true class.</param>
/// <param name="Prediction">The class it was taken for.</param>
/// <param name="Probability">What the network gave that class.</param>
public readonly record struct Misread(int Index, int Label, int Prediction, float Probability);
