using Distributed.Coordinator.Storage;

namespace Distributed.Coordinator.Metrics;

/// <summary>
/// Appends to metrics.jsonl, each line as it comes. A disk's fault never reaches the caller, see <see cref="RetryingFile"/>; while it lasts, only epochs
/// and events try again. May be called from several threads.
/// </summary>
/// <param name="store">The run's folder.</param>
/// <param name="report">Receives sentences about a disk that fails or works again. It must not write metrics itself.</param>
public sealed class MetricsWriter(IRunStore store, Action<string> report) : IDisposable
{
    private readonly Lock gate = new();
    private readonly MetricsLineBuffer buffer = new();
    private readonly RetryingFile file = new(store, MetricsHistory.FileName, "Metrics", report);

    /// <summary>Times the disk began to fail. Above 0 the run's exit code is not 0.</summary>
    public int Failures => file.Failures;

    /// <summary>Adds one record. While the disk fails, step lines beyond what is kept are lost; epochs and events are not.</summary>
    public void Write(MetricsRecord record)
    {
        lock (gate)
        {
            ReadOnlySpan<byte> line = buffer.Write(record);
            bool isStep = record is StepMetrics;
            if (!isStep || file.HasRoomFor(line.Length))
            {
                file.Add(line);
            }

            if (!isStep || !file.IsFailing)
            {
                file.Flush();
            }
        }
    }

    /// <summary>Writes everything out.</summary>
    public void Flush()
    {
        lock (gate)
        {
            file.Flush();
        }
    }

    /// <summary>
    /// Writes everything out and makes it safe from a power cut. Writers on other threads need not wait for the disk meanwhile.
    /// </summary>
    public void Sync()
    {
        Flush();
        try
        {
            using IStoreFile synced = store.OpenAppend(MetricsHistory.FileName);
            synced.Sync();
            store.SyncFolder("");
        }
        catch (Exception exception) when (StoreFault.Is(exception))
        {
            lock (gate)
            {
                file.Fail(exception);
            }
        }
    }

    /// <summary>Writes everything out and closes the file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            file.Dispose();
        }
    }
}
