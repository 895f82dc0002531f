using System.Runtime.InteropServices;
using Distributed.Coordinator.Storage;

namespace Distributed.Coordinator.Tests.Storage;

/// <summary>One file of a <see cref="MemoryRunStore"/>: what readers see, and what a power cut would leave.</summary>
internal sealed class MemoryFile(MemoryRunStore store, string path) : IStoreFile
{
    private byte[] durable = [];

    public List<byte> Bytes { get; } = [];

    public long Length => Bytes.Count;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            store.Operate(path);
        }
        catch (PowerCutException)
        {
            Bytes.AddRange(bytes[..(bytes.Length / 2)]);
            throw;
        }

        int fits = (int)Math.Clamp(store.Capacity - store.Used, 0, bytes.Length);
        Bytes.AddRange(bytes[..fits]);
        if (fits < bytes.Length)
        {
            throw new IOException("No space left on device.");
        }
    }

    public void Truncate(long length)
    {
        store.Operate(path);
        CollectionsMarshal.SetCount(Bytes, (int)length);
    }

    public void Sync()
    {
        store.Operate(path);
        durable = [.. Bytes];
    }

    public void Dispose()
    {
        // Nothing is buffered.
    }

    public void Plant(byte[] bytes)
    {
        Bytes.AddRange(bytes);
        durable = [.. bytes];
    }

    /// <summary>
    /// Unsynced bytes beyond the durable length arrive as a prefix; in place of the rest of them the disk has zeros, as a journal that grew
    /// the file first leaves.
    /// </summary>
    public byte[] AfterPowerCut(double kept)
    {
        if (kept >= 1)
        {
            return [.. Bytes];
        }

        if (kept <= 0 || Bytes.Count <= durable.Length)
        {
            return durable;
        }

        byte[] torn = new byte[Bytes.Count];
        int arrived = durable.Length + (int)((Bytes.Count - durable.Length) * kept);
        Bytes[..arrived].CopyTo(torn);
        return torn;
    }
}
