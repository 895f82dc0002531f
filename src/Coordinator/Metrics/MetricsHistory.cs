using Distributed.Coordinator.Storage;

namespace Distributed.Coordinator.Metrics;

/// <summary>What metrics.jsonl holds.</summary>
/// <param name="Records">In the order they were written.</param>
/// <param name="Warnings">One sentence for each line that is not a record. A torn last line, as a crash leaves it, is none.</param>
public sealed record MetricsHistory(IReadOnlyList<MetricsRecord> Records, IReadOnlyList<string> Warnings)
{
    /// <summary>The file's name in a run's folder.</summary>
    public const string FileName = "metrics.jsonl";

    /// <summary>The epochs, in order.</summary>
    public IEnumerable<EpochMetrics> Epochs => Records.OfType<EpochMetrics>();

    /// <summary>Reads the file; nothing is in it when there is none.</summary>
    public static MetricsHistory Read(IRunStore store) => MetricsLines.Read(store).ToHistory();

    /// <summary>
    /// Takes the file back to where a checkpoint stands and reads what is left. Lines of later steps go, since the run will write them
    /// again; so does the record of <paramref name="epoch"/>, which is written when the resumed run ends that epoch.
    /// </summary>
    /// <param name="store">The run's folder.</param>
    /// <param name="step">Updates done at the checkpoint.</param>
    /// <param name="epoch">The checkpoint's epoch, whose record is still to come.</param>
    public static MetricsHistory Rewind(IRunStore store, int step, int epoch)
    {
        MetricsLines all = MetricsLines.Read(store);
        MetricsLines kept = all.Where(record => record.Step <= step && (record is not EpochMetrics ended || ended.Epoch < epoch));
        if (store.Exists(FileName))
        {
            AtomicFile.Write(store, FileName, kept.Bytes);
        }


        return all.ToHistory() with { Records = kept.ToHistory().Records };
    }
}
