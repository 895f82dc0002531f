using System.Text.Json.Serialization;

namespace Distributed.Coordinator.Metrics;

/// <summary>One line of metrics.jsonl. Its fields in snake_case are the line's, "type" first; absent values are left out.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(EpochMetrics), "epoch")]
[JsonDerivedType(typeof(StepMetrics), "step")]
[JsonDerivedType(typeof(EventMetrics), "event")]
public abstract record MetricsRecord
{
    /// <summary>Updates done when it was written.</summary>
    public abstract int Step { get; init; }

    /// <summary>Since the run began, time before a resume included.</summary>
    public abstract double Seconds { get; init; }
}

/// <summary>The end of an epoch. Losses are means; accuracies are shares from 0 to 1.</summary>
public sealed record EpochMetrics : MetricsRecord
{
    /// <summary>From 1.</summary>
    public required int Epoch { get; init; }

    /// <inheritdoc/>
    public override required int Step { get; init; }

    /// <summary>The mean over the epoch's minibatches, as trained: dropout on, weights changing.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>As <see cref="TrainLoss"/>.</summary>
    public required double TrainAccuracy { get; init; }

    /// <summary>With the weights at the end of the epoch, dropout off.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>As <see cref="ValidationLoss"/>.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>With the weights at the end of the epoch, dropout off.</summary>
    public double? TestLoss { get; init; }

    /// <summary>As <see cref="TestLoss"/>.</summary>
    public double? TestAccuracy { get; init; }

    /// <summary>Of the epoch's last step.</summary>
    public required float LearningRate { get; init; }

    /// <inheritdoc/>
    public override required double Seconds { get; init; }

    /// <summary>Training samples per second in this epoch, evaluation not counted.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>Workers at the end of the epoch.</summary>
    public required int Workers { get; init; }

    /// <summary>As <see cref="ValidationAccuracy"/>, of each class by its index; null for a class without samples.</summary>
    public IReadOnlyList<double?>? ValidationClassAccuracy { get; init; }

    /// <summary>As <see cref="TestAccuracy"/>, of each class by its index; null for a class without samples.</summary>
    public IReadOnlyList<double?>? TestClassAccuracy { get; init; }
}

/// <summary>Every N steps: the minibatch just trained.</summary>
public sealed record StepMetrics : MetricsRecord
{
    /// <summary>The epoch the step belongs to, from 1.</summary>
    public required int Epoch { get; init; }

    /// <inheritdoc/>
    public override required int Step { get; init; }

    /// <summary>The minibatch's mean loss, as trained.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>The minibatch's share of correctly classified samples, as trained.</summary>
    public required double TrainAccuracy { get; init; }

    /// <summary>Of this step.</summary>
    public required float LearningRate { get; init; }

    /// <inheritdoc/>
    public override required double Seconds { get; init; }

    /// <summary>Training samples per second since the line before.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>Workers in use.</summary>
    public required int Workers { get; init; }
}

/// <summary>Something that happened: a worker joined, a checkpoint failed.</summary>
public sealed record EventMetrics : MetricsRecord
{
    /// <inheritdoc/>
    public override required int Step { get; init; }

    /// <inheritdoc/>
    public override required double Seconds { get; init; }

    /// <summary>What kind, in snake_case: worker_joined, worker_lost, worker_slow, worker_quarantined, checkpoint_failed …</summary>
    public required string Event { get; init; }

    /// <summary>The worker it is about, as worker-1, if it is about one.</summary>
    public string? Worker { get; init; }

    /// <summary>The sentence for a person.</summary>
    public required string Text { get; init; }
}
