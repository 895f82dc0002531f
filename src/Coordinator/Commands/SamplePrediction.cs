namespace Distributed.Coordinator.Commands;

/// <summary>What a model makes of one sample.</summary>
/// <param name="Index">The sample, from 0.</param>
/// <param name="Label">Its true class.</param>
/// <param name="Probabilities">Of each class.</param>
public sealed record SamplePrediction(int Index, int Label, float[] Probabilities)
{
    /// <summary>The most probable class; ties go to the lowest.</summary>
    public int Prediction => ModelEvaluation.Prediction(Probabilities);
}
