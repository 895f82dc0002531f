using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Commands;

/// <summary>What a model makes of one sample.</summary>
public sealed record SamplePrediction
{
    /// <summary>For people: "sample 3 of 10,000 test samples of mnist".</summary>
    public required string Name { get; init; }

    /// <summary>Where the sample came from: "test samples of mnist", or a file.</summary>
    public required string Source { get; init; }

    /// <summary>Its number there, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The dataset that holds the sample in its row <see cref="Row"/>.</summary>
    public required Dataset Samples { get; init; }

    /// <summary>The sample's place in <see cref="Samples"/>.</summary>
    public required int Row { get; init; }

    /// <summary>Its true class, where that is known.</summary>
    public int? Label { get; init; }

    /// <summary>Of each class.</summary>
    public required float[] Probabilities { get; init; }

    /// <summary>The most probable class; ties go to the lowest.</summary>
    public int Prediction => ModelEvaluation.Prediction(Probabilities);

    /// <summary>The three most probable classes, or all where there are fewer, the most probable first; ties go to the lowest.</summary>
    public IReadOnlyList<int> Top =>
        [.. Enumerable.Range(0, Probabilities.Length).OrderByDescending(c => Probabilities[c]).Take(3)];
}
