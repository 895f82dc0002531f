using Distributed.Coordinator.Storage;

namespace Distributed.Coordinator.Fencing;

/// <summary>A file that this coordinator made; others may have it open too.</summary>
internal sealed class FencedFile(FencedRunStore store, IStoreFile file, Action released) : IStoreFile
{
    private bool _isDisposed;

    public long Length => file.Length;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        store.ThrowIfSuperseded();
        file.Write(bytes);
    }

    public void Truncate(long length)
    {
        store.ThrowIfSuperseded();
        file.Truncate(length);
    }

    public void Sync() => file.Sync();

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            released();
        }
    }
}
