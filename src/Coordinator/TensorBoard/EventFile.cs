using System.Runtime.InteropServices;
using Distributed.Coordinator.Storage;

namespace Distributed.Coordinator.TensorBoard;

/// <summary>
/// A file that grows record by record. A disk's fault never reaches the caller: what could not be written is kept and tried again with the
/// next record, and <paramref name="report"/> is told when it begins and when it is over.
/// </summary>
/// <param name="store">The run's folder.</param>
/// <param name="path">The file in it; created with the first record.</param>
/// <param name="report">Receives a sentence.</param>
internal sealed class EventFile(IRunStore store, string path, Action<string> report) : IDisposable
{
    /// <summary>While the disk fails no more than this is kept; records beyond it are lost.</summary>
    public const int PendingBytesMax = 16 << 20;

    private readonly List<byte> _pending = [];
    private IStoreFile? _file;
    private long _written;
    private bool _isFailing;

    /// <summary>Times the disk began to fail.</summary>
    public int Failures { get; private set; }

    /// <summary>Adds a record and tries to write all that waits.</summary>
    public void Append(ReadOnlySpan<byte> record)
    {
        if (_pending.Count + record.Length <= PendingBytesMax)
        {
            _pending.AddRange(record);
        }

        Flush();
    }

    /// <summary>Tries once more to write what waits, and closes the file.</summary>
    public void Dispose()
    {
        if (_pending.Count > 0)
        {
            Flush();
        }

        Close();
    }

    private void Flush()
    {
        try
        {
            _file ??= Open();
            _file.Write(CollectionsMarshal.AsSpan(_pending));
            _written += _pending.Count;
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

    /// <summary>After a failed write any part of it may stand in the file; it is cut off, because all of it is written again.</summary>
    private IStoreFile Open()
    {
        IStoreFile file = store.OpenAppend(path);
        if (file.Length > _written)
        {
            file.Truncate(_written);
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

    private void Fail(Exception exception)
    {
        if (!_isFailing)
        {
            _isFailing = true;
            Failures++;
            report(
                $"TensorBoard events cannot be written to '{store.Locate(path)}': {exception.Message} " +
                "Training goes on; they are kept in memory and tried again.");
        }
    }

    private void Recover()
    {
        if (_isFailing)
        {
            _isFailing = false;
            report($"TensorBoard events are written to '{store.Locate(path)}' again.");
        }
    }
}
