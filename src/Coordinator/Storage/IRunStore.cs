namespace Distributed.Coordinator.Storage;

/// <summary>
/// The files of one run's folder. Paths are relative to it, with forward slashes. A file's bytes are safe from a power cut after
/// <see cref="IStoreFile.Sync"/>, its name after <see cref="SyncFolder"/>. What cannot be done throws IOException or
/// UnauthorizedAccessException.
/// </summary>
public interface IRunStore
{
    /// <summary>Where a person finds <paramref name="path"/>, for messages.</summary>
    string Locate(string path);

    /// <summary>
    /// Names of the files directly in <paramref name="folder"/> ("" is the run's folder itself), in ordinal order; none when it does not
    /// exist.
    /// </summary>
    IReadOnlyList<string> List(string folder);

    /// <summary>True when <paramref name="path"/> is a file.</summary>
    bool Exists(string path);

    /// <summary>Opens an existing file for reading from its start. The stream knows its length.</summary>
    Stream OpenRead(string path);

    /// <summary>The name under which bytes that are to replace <paramref name="path"/> are written first.</summary>
    string Temporary(string path) => path + AtomicFile.TemporarySuffix;

    /// <summary>Creates the file, or empties the one that is there. Makes missing folders.</summary>
    IStoreFile Create(string path);

    /// <summary>Opens the file for writing at its end; creates it when there is none. Makes missing folders.</summary>
    IStoreFile OpenAppend(string path);

    /// <summary>Gives the file another name in one indivisible step. A file that has that name already is replaced.</summary>
    void Rename(string from, string to);

    /// <summary>Removes the file.</summary>
    void Delete(string path);

    /// <summary>Makes the names in <paramref name="folder"/> safe from a power cut.</summary>
    void SyncFolder(string folder);
}

/// <summary>A file open for writing. Nothing is buffered: a write that returned is visible to readers.</summary>
public interface IStoreFile : IDisposable
{
    /// <summary>Bytes in the file.</summary>
    long Length { get; }

    /// <summary>Appends <paramref name="bytes"/>. After an exception any part of them may have been written.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Cuts the file to <paramref name="length"/> bytes; the next write goes there.</summary>
    void Truncate(long length);

    /// <summary>Returns when the bytes are safe from a power cut.</summary>
    void Sync();
}
