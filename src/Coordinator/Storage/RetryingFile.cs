using System.Runtime.InteropServices;

namespace Distributed.Coordinator.Storage;

/// <summary>
/// A file that grows at its end. A disk's fault never reaches the caller: what could not be written is kept and tried again with the next
/// flush, and <paramref name="report"/> is told when it begins and when it is over. One caller at a time.
/// </summary>
/// <param name="store">The run's folder.</param>
/// <param name="path">The file in it; created with the first bytes.</param>
/// <param name="content">What it holds, in the plural, beginning a sentence: "Metrics".</param>
/// <param name="report">Receives a sentence.</param>
internal sealed class RetryingFile(IRunStore store, string path, string content, Action<string> report) : IDisposable
{
    /// <summary>While the disk fails no more than this should be kept.</summary>
    public const int PendingBytesMax = 16 << 20;

    private readonly List<byte> _pending = [];
    private IStoreFile? _file;
    private long _writtenBytes = -1;
    private int _failures;

    /// <summary>Times the disk began to fail. May be read from any thread.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <summary>True while the disk fails.</summary>
    public bool IsFailing { get; private set; }

    /// <summary>Bytes that wait to be written.</summary>
    public int PendingBytes => _pending.Count;

    /// <summary>True when <paramref name="bytes"/> more may be kept.</summary>
    public bool HasRoomFor(int bytes) => _pending.Count + bytes <= PendingBytesMax;

    /// <summary>Adds bytes; they wait for the next <see cref="Flush"/>.</summary>
    public void Add(ReadOnlySpan<byte> bytes) => _pending.AddRange(bytes);

    /// <summary>Tries to write all that waits.</summary>
    public void Flush()
    {
        if (_pending.Count == 0 && !IsFailing)
        {
            return;
        }

        try
        {
            _file ??= Open();
            _file.Write(CollectionsMarshal.AsSpan(_pending));
            _writtenBytes += _pending.Count;
            _pending.Clear();
        }
        catch (Exception exception) when (StoreFault.Is(exception))
        {
            Close();
            Fail(exception);
            return;
        }

        Recover();
    }

    /// <summary>The caller met <paramref name="exception"/> with this file.</summary>
    public void Fail(Exception exception)
    {
        if (!IsFailing)
        {
            IsFailing = true;
            Interlocked.Increment(ref _failures);
            report(
                $"{content} cannot be written to '{store.Locate(path)}': {exception.Message} " +
                "Training goes on; they are kept in memory and tried again.");
        }
    }

    /// <summary>Tries once more to write what waits, and closes the file.</summary>
    public void Dispose()
    {
        Flush();
        Close();
    }

    /// <summary>After a failed write any part of it may stand in the file; it is cut off, because all of it is written again.</summary>
    private IStoreFile Open()
    {
        IStoreFile file = store.OpenAppend(path);
        if (_writtenBytes < 0)
        {
            _writtenBytes = file.Length;
        }
        else if (file.Length > _writtenBytes)
        {
            file.Truncate(_writtenBytes);
        }

        return file;
    }

    private void Close()
    {
        try
        {
            _file?.Dispose();
        }
        catch (Exception exception) when (StoreFault.Is(exception))
        {
            Fail(exception);
        }

        _file = null;
    }

    private void Recover()
    {
        if (IsFailing)
        {
            IsFailing = false;
            report($"{content} are written to '{store.Locate(path)}' again.");
        }
    }
}
