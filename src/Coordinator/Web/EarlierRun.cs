using Distributed.Coordinator.Metrics;

namespace Distributed.Coordinator.Web;

/// <summary>What a run had done before it was resumed.</summary>
/// <param name="Step">Steps done, at the checkpoint.</param>
/// <param name="Mark">How far it had come before it was taken back to the checkpoint.</param>
/// <param name="Records">The lines of its metrics up to the checkpoint.</param>
public sealed record EarlierRun(int Step, RunMark Mark, IReadOnlyList<MetricsRecord> Records)
{
    /// <summary>A run that is new.</summary>
    public static EarlierRun None { get; } = new(0, RunMark.Start, []);
}
