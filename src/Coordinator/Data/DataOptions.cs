using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Data;

/// <summary>Where the samples come from.</summary>
/// <param name="Data">mnist, a folder with IDX files, a .csv file or a .npz file.</param>
/// <param name="TestData">The test samples, if not those that come with <paramref name="Data"/>.</param>
/// <param name="LabelColumn">Of a CSV file: the label column's name, or its number counted from 1; null for the first column.</param>
public sealed record DataOptions(string Data, string? TestData = null, string? LabelColumn = null);

/// <summary>The samples of a run.</summary>
/// <param name="Train">Training samples, validation still among them.</param>
/// <param name="Test">Test samples with the same features and classes, or null where the data has none.</param>
/// <param name="Description">One line for a person: source, counts, features, classes.</param>
public sealed record LoadedData(Dataset Train, Dataset? Test, string Description);
