namespace Distributed.Coordinator.Commands;

/// <summary>What is about to be trained.</summary>
public sealed record TrainingSummary
{
    public required string Recipe { get; init; }

    /// <summary>784-128-10.</summary>
    public required string Layers { get; init; }

    public required int Parameters { get; init; }

    public required int TrainSamples { get; init; }

    public required int ValidationSamples { get; init; }

    public required int TestSamples { get; init; }

    public required int Workers { get; init; }

    /// <summary>The SIMD width of this process: 512-bit. It changes the speed, never the result.</summary>
    public string Kernels { get; init; } = "";

    public required int Epochs { get; init; }

    public required int StepsPerEpoch { get; init; }

    public required string RunDirectory { get; init; }

    /// <summary>Steps done before this process, 0 for a new run.</summary>
    public int ResumedAtStep { get; init; }
}

/// <summary>Where a run stands within an epoch.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Epochs">In all.</param>
/// <param name="Step">Steps done in this epoch.</param>
/// <param name="StepsPerEpoch">In this epoch.</param>
/// <param name="Loss">Mean over this epoch's minibatches so far.</param>
/// <param name="Accuracy">Over this epoch's samples so far.</param>
/// <param name="SamplesPerSecond">Lately.</param>
public readonly record struct StepProgress(
    int Epoch,
    int Epochs,
    int Step,
    int StepsPerEpoch,
    double Loss,
    double Accuracy,
    double SamplesPerSecond
);

/// <summary>A finished epoch. Losses and accuracies are null where there are no such samples.</summary>
public sealed record EpochProgress
{
    /// <summary>From 1.</summary>
    public required int Epoch { get; init; }

    public required int Epochs { get; init; }

    public required double TrainLoss { get; init; }

    public required double TrainAccuracy { get; init; }

    public double? ValidationLoss { get; init; }

    public double? ValidationAccuracy { get; init; }

    public double? TestLoss { get; init; }

    public double? TestAccuracy { get; init; }

    public required double Seconds { get; init; }

    public required double SamplesPerSecond { get; init; }
}
