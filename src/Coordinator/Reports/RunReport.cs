using Distributed.Coordinator.Metrics;
using Distributed.Numerics.Models;
using Distributed.Protocol;

namespace Distributed.Coordinator.Reports;

/// <summary>All that report.html shows about a finished run.</summary>
public sealed record RunReport
{
    /// <summary>The resolved recipe.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The trained network's shape.</summary>
    public required NetworkShape Shape { get; init; }

    /// <summary>The digest of the final weights.</summary>
    public required Digest WeightsDigest { get; init; }

    /// <summary>The data as a person calls it: mnist, or a file's path.</summary>
    public required string DataName { get; init; }

    /// <summary>The training data's digest.</summary>
    public required Digest DataDigest { get; init; }

    /// <summary>Samples trained on.</summary>
    public required int TrainSamples { get; init; }

    /// <summary>Samples held out for validation.</summary>
    public int ValidationSamples { get; init; }

    /// <summary>Samples tested on.</summary>
    public int TestSamples { get; init; }

    /// <summary>The program that ended the run.</summary>
    public required string ProgramVersion { get; init; }

    /// <summary>As typed.</summary>
    public required IReadOnlyList<string> CommandLine { get; init; }

    /// <summary>The run's epochs and events.</summary>
    public required MetricsHistory History { get; init; }

    /// <summary>The epoch whose weights are the result: the last, or with early stopping the best; null before the first.</summary>
    public required EpochMetrics? ResultEpoch { get; init; }

    /// <summary>What the trained network makes of the samples it is judged by; null where there are none.</summary>
    public SampleReading? Reading { get; init; }
}
