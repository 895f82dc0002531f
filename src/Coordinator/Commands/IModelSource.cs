using System.Diagnostics.CodeAnalysis;
using Distributed.Numerics.Models;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Commands;

/// <summary>Opens trained models together with samples to look at them by.</summary>
public interface IModelSource
{
    /// <exception cref="InputException">The model or the samples cannot be used, or do not fit each other.</exception>
    OpenedModel Open(ModelQuery query);

    /// <summary>The model without samples.</summary>
    /// <exception cref="InputException">It cannot be used.</exception>
    ReadyModel Open(string runOrModel);
}

/// <summary>Which model, and which samples.</summary>
/// <param name="RunOrModel">A run's folder or a model.safetensors.</param>
/// <param name="Data">As in train; null for what the run used, or mnist for a model alone.</param>
/// <param name="TestData">As in train; null for what comes with <paramref name="Data"/>.</param>
/// <param name="LabelColumn">As in train.</param>
public sealed record ModelQuery(string RunOrModel, string? Data, string? TestData, string? LabelColumn);

/// <summary>A model that can be asked.</summary>
public record ReadyModel
{
    /// <summary>The recipe that trained it.</summary>
    public required string Recipe { get; init; }

    public required NetworkShape Shape { get; init; }

    public required Digest WeightsDigest { get; init; }

    /// <summary>The network, dropout off.</summary>
    public required IClassifier Classifier { get; init; }
}

/// <summary>A model and samples that fit it: same features, no label beyond its classes.</summary>
public sealed record OpenedModel : ReadyModel
{
    public OpenedModel()
    {
    }

    /// <param name="model">The model.</param>
    /// <param name="samples">See <see cref="Samples"/>.</param>
    /// <param name="samplesName">See <see cref="SamplesName"/>.</param>
    [SetsRequiredMembers]
    public OpenedModel(ReadyModel model, Dataset samples, string samplesName)
        : base(model)
    {
        Samples = samples;
        SamplesName = samplesName;
    }

    /// <summary>The test samples where the data has any, else all of its samples.</summary>
    public required Dataset Samples { get; init; }

    /// <summary>One phrase for a person: "test samples of mnist".</summary>
    public required string SamplesName { get; init; }
}

/// <summary>A trained network with the scale of its inputs.</summary>
public interface IClassifier
{
    /// <summary>Sums over all of <paramref name="samples"/>, the same bits as training reported.</summary>
    PartialStatistics Evaluate(Dataset samples);

    /// <summary>
    /// Writes count×classes probabilities, row-major, of samples <paramref name="first"/> … <paramref name="first"/>+<paramref
    /// name="count"/>-1.
    /// </summary>
    void Probabilities(Dataset samples, int first, int count, Span<float> probabilities);
}
