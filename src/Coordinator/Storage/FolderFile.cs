namespace Distributed.Coordinator.Storage;

/// <summary>A file of the file system, open for writing at its end.</summary>
internal sealed class FolderFile : IStoreFile
{
    private readonly FileStream stream;

    public FolderFile(FileStream stream)
    {
        this.stream = stream;
        stream.Seek(0, SeekOrigin.End);
    }

    public long Length => stream.Length;

    public void Write(ReadOnlySpan<byte> bytes) => stream.Write(bytes);

    public void Truncate(long length)
    {
        stream.SetLength(length);
        stream.Seek(0, SeekOrigin.End);
    }

    /// <remarks>May be called while another thread writes: nothing is buffered in this process.</remarks>
    public void Sync() => RandomAccess.FlushToDisk(stream.SafeFileHandle);

    public void Dispose() => stream.Dispose();
}
