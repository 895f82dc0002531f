using Distributed.Numerics.Models;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Checkpoints;

/// <summary>
/// Everything a run needs to continue as if it had never stopped, at a moment between two steps. The arrays are not copied: whoever makes
/// one keeps them still
/// until it was captured or written.
/// </summary>
public sealed record TrainingCheckpoint
{
    /// <summary>The resolved recipe, seed included.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The training data's digest.</summary>
    public required Digest DataDigest { get; init; }

    /// <summary>The version of the program that trained so far.</summary>
    public required string ProgramVersion { get; init; }

    /// <summary>Features per sample and classes: with the recipe they give the network's shape.</summary>
    public required int Features { get; init; }

    /// <summary>Classes.</summary>
    public required int Classes { get; init; }

    /// <summary>The scale that the training data gave the features.</summary>
    public required FeatureScale Scale { get; init; }

    /// <summary>Where the run stands.</summary>
    public required CheckpointPosition Position { get; init; }

    /// <summary>The parameters in their layout.</summary>
    public required float[] Weights { get; init; }

    /// <summary>The optimizer's arrays, each in the parameters' layout; none for plain SGD.</summary>
    public IReadOnlyList<OptimizerMoment> Moments { get; init; } = [];

    /// <summary>The optimizer's carried powers by name, for example beta1; none where it has none.</summary>
    public IReadOnlyDictionary<string, double> Powers { get; init; } = new Dictionary<string, double>();

    /// <summary>Further state by name, as text.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();

    /// <summary>The network that the recipe trains on this data.</summary>
    public NetworkShape Shape => Recipe.ShapeFor(Features, Classes);
}

/// <summary>One array of the optimizer's state, in the parameters' layout.</summary>
/// <param name="Name">Lower-case letters, digits and underscores, for example velocity.</param>
/// <param name="Values">As long as the parameters.</param>
public sealed record OptimizerMoment(string Name, float[] Values);

/// <summary>Where a run stands between two steps.</summary>
/// <param name="Step">Updates done, which is also the number of the next step.</param>
/// <param name="Epoch">The epoch whose record is still to be written, from 1: its statistics so far follow.</param>
/// <param name="LossSum">What the epoch's loss has summed to.</param>
/// <param name="Correct">Samples of the epoch so far that were classified correctly.</param>
/// <param name="Samples">Samples of the epoch so far.</param>
public sealed record CheckpointPosition(StepNumber Step, int Epoch, double LossSum, long Correct, long Samples);
