namespace Distributed.Coordinator.Metrics;

/// <summary>
/// How far a run has come by the lines of its metrics, which are in the file before anybody is told of them. Steps that were lost with a kill still
/// count, so that whoever counts on after a resume counts no step twice and never goes back.
/// </summary>
/// <param name="Step">The highest step of any line.</param>
/// <param name="Epochs">Epochs recorded.</param>
/// <param name="Seconds">The latest time of any line, since the run began.</param>
public sealed record RunMark(int Step, int Epochs, double Seconds)
{
    /// <summary>Before the first line.</summary>
    public static RunMark Start { get; } = new(0, 0, 0);

    /// <summary>Where the lines of <paramref name="records"/> have come to.</summary>
    public static RunMark Of(IEnumerable<MetricsRecord> records) => records.Aggregate(Start, (mark, record) => mark.After(record));

    /// <summary>With one more line.</summary>
    public RunMark After(MetricsRecord record) => new(
        Math.Max(Step, record.Step),
        record is EpochMetrics ended ? Math.Max(Epochs, ended.Epoch) : Epochs,
        Math.Max(Seconds, record.Seconds));
}
