using Distributed.Coordinator.Storage;

namespace Distributed.Coordinator.Metrics;

/// <summary>
/// Appends to metrics.jsonl. Step lines are buffered; an epoch or an event writes everything out. A disk's fault never reaches the caller:
/// what could not be
/// written is kept and tried again with the next flush, and <paramref name="report"/> is told when it begins and when it is over.
/// May be called from several threads.
/// </summary>
/// <param name="store">The run's folder.</param>
/// <param name="report">Receives sentences about a disk that fails or works again. It must not write metrics itself.</param>
public sealed class MetricsWriter(IRunStore store, Action<string> report) : IDisposable
{
    /// <summary>Step lines are written out when so many bytes wait.</summary>
    public const int BufferBytes = 16 << 10;

    /// <summary>While the disk fails no more than this is kept; step lines beyond it are lost.</summary>
    public const int PendingBytesMax = 16 << 20;

    private readonly Lock gate = new();
    private readonly List<byte> pending = [];
    private IStoreFile? file;
    private long writtenBytes = -1;
    private bool isFailing;
    private int failures;

    /// <summary>Times the disk began to fail. Above 0 the run's exit code is not 0.</summary>
    public int Failures => Volatile.Read(ref failures);

    /// <summary>Adds one record.</summary>
    public void Write(MetricsRecord record)
    {
        lock (gate)
        {
            byte[] line = MetricsJson.ToLine(record);
            if (record is not StepMetrics || pending.Count + line.Length <= PendingBytesMax)
            {
                pending.AddRange(line);
            }

            if (record is not StepMetrics || (pending.Count >= BufferBytes && !isFailing))
            {
                FlushPending();
            }
        }
    }

    /// <summary>Writes everything out.</summary>
    public void Flush()
    {
        lock (gate)
        {
            FlushPending();
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
                Fail(exception);
            }
        }
    }

    /// <summary>Writes everything out and closes the file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            FlushPending();
            Close();
        }
    }

    private void FlushPending()
    {
        try
        {
            file ??= Open();
            if (pending.Count > 0)
            {
                file.Write(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(pending));
                writtenBytes += pending.Count;
                pending.Clear();
            }
        }
        catch (Exception exception) when (StoreFault.Is(exception))
        {
            Close();
            Fail(exception);
            return;
        }

        Recover();
    }

    /// <summary>After a failed write any part of it may stand in the file; it is cut off, because all of it is written again.</summary>
    private IStoreFile Open()
    {
        IStoreFile opened = store.OpenAppend(MetricsHistory.FileName);
        if (writtenBytes < 0)
        {
            writtenBytes = opened.Length;
        }
        else if (opened.Length > writtenBytes)
        {
            opened.Truncate(writtenBytes);
        }

        return opened;
    }

    private void Close()
    {
        try
        {
            file?.Dispose();
        }
        catch (Exception exception) when (StoreFault.Is(exception))
        {
            Fail(exception);
        }

        file = null;
    }

    private void Fail(Exception exception)
    {
        if (!isFailing)
        {
            isFailing = true;
            Interlocked.Increment(ref failures);
            string where = store.Locate(MetricsHistory.FileName);
            report($"Metrics cannot be written to '{where}': {exception.Message} Training goes on; they are kept in memory and tried again.");
        }
    }

    private void Recover()
    {
        if (isFailing)
        {
            isFailing = false;
            report($"Metrics are written to '{store.Locate(MetricsHistory.FileName)}' again.");
        }
    }
}
