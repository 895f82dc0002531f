using Distributed.Coordinator.Metrics;

namespace Distributed.Coordinator.Web;

/// <summary>What a run had done before it was resumed.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Seconds">That it took.</param>
/// <param name="Epochs">That it recorded.</param>
public sealed record EarlierRun(int Step, double Seconds, IReadOnlyList<EpochMetrics> Epochs)
{
    /// <summary>A run that is new.</summary>
    public static EarlierRun None { get; } = new(0, 0, []);
}
