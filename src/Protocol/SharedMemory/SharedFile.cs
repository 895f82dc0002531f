using System.Buffers;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using Distributed.Numerics;

namespace Distributed.Protocol.SharedMemory;

/// <summary>
/// A file that processes of one machine map into memory, readable by its owner alone. Its first eight bytes are a key, so that a path that means
/// another file elsewhere is not mistaken for it. While somebody has it open it is locked, so that a left-over one can be told from one in use.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed unsafe class SharedFile : IDisposable
{
    /// <summary>Bytes before what the file holds: the key, and room up to a page.</summary>
    public const int HeaderBytes = 4096;

    private readonly FileStream _file;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly long _bytes;
    private readonly bool _isOwner;
    private int _users = 1;

    private SharedFile(FileStream file, long bytes, bool isOwner)
    {
        _file = file;
        _bytes = bytes;
        _isOwner = isOwner;
        _map = MemoryMappedFile.CreateFromFile(file, null, bytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _map.CreateViewAccessor(0, bytes, MemoryMappedFileAccess.ReadWrite);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
    }

    /// <summary>Where it is.</summary>
    public string Path => _file.Name;

    /// <summary>Makes a new file of <paramref name="contentBytes"/> zero bytes after its header.</summary>
    /// <exception cref="IOException">It exists, or there is no room.</exception>
    public static SharedFile Create(string path, long contentBytes, ulong key)
    {
        Check.That(contentBytes > 0);
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            PreallocationSize = HeaderBytes + contentBytes,
            BufferSize = 0,
        });
        file.SetLength(HeaderBytes + contentBytes);
        var shared = new SharedFile(file, HeaderBytes + contentBytes, isOwner: true);
        *(ulong*)shared._start = key;
        return shared;
    }

    /// <summary>Opens a file that another process made.</summary>
    /// <exception cref="IOException">It is not there, not of this size, or not the one with this key.</exception>
    public static SharedFile Open(string path, long contentBytes, ulong key)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        try
        {
            if (file.Length != HeaderBytes + contentBytes)
            {
                throw new IOException($"{path} has {file.Length} bytes, {HeaderBytes + contentBytes} are expected");
            }

            var shared = new SharedFile(file, HeaderBytes + contentBytes, isOwner: false);
            if (*(ulong*)shared._start == key)
            {
                return shared;
            }

            shared.Dispose();
            throw new IOException($"{path} is not the file that was meant");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The memory stays mapped until <see cref="Release"/> is called as well.</summary>
    public void Retain() => Interlocked.Increment(ref _users);

    /// <summary>The opposite of <see cref="Retain"/>.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _map.Dispose();
            _file.Dispose();
        }
    }

    /// <summary>Removes the name, where this process made it, and gives the memory back once nobody retains it.</summary>
    public void Dispose()
    {
        if (_isOwner)
        {
            File.Delete(_file.Name);
        }

        Release();
    }

    /// <summary>Elements of type <typeparamref name="T"/> from <paramref name="offset"/> bytes after the header.</summary>
    internal Memory<T> Slice<T>(long offset, int count)
        where T : unmanaged
    {
        Check.That(offset % sizeof(T) == 0);
        return new Window<T>((T*)At(offset, (long)count * sizeof(T)), count).Memory;
    }

    /// <summary>A pointer to <paramref name="bytes"/> bytes, all inside the file.</summary>
    internal byte* At(long offset, long bytes)
    {
        Check.That(offset >= 0);
        Check.That(bytes >= 0);
        Check.That(offset <= _bytes - HeaderBytes - bytes);
        return _start + HeaderBytes + offset;
    }

    private sealed class Window<T>(T* start, int count) : MemoryManager<T>
        where T : unmanaged
    {
        public override Span<T> GetSpan() => new(start, count);

        public override MemoryHandle Pin(int elementIndex = 0) => new(Unsafe.Add<T>(start, elementIndex));

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
