namespace Distributed.Coordinator.Metrics;

/// <summary>Samples per second of a run.</summary>
public static class Throughput
{
    /// <summary>Over all epochs together: the harmonic mean, because each epoch has the same samples; 0 without any.</summary>
    public static double Of(IReadOnlyList<EpochMetrics> epochs)
    {
        double time = epochs.Sum(epoch => 1 / epoch.SamplesPerSecond);
        return time > 0 ? epochs.Count / time : 0;
    }
}
