using System.IO.Compression;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Data;

/// <summary>
/// The bytes of one file, unpacked if they are gzip (told by the first two bytes, not by the name), read once from start to end.
/// Damage becomes an <see cref="InputException"/> that names the file and the offset.
/// </summary>
public sealed class ByteSource : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private readonly Stream _stream;
    private readonly Crc32? _checksum;
    private readonly uint _checksumExpected;

    private ByteSource(Stream stream, string name, long bytesMax, uint? checksum = null)
    {
        _stream = stream;
        _checksum = checksum is null ? null : new Crc32();
        _checksumExpected = checksum ?? 0;
        Name = name;
        BytesMax = bytesMax;
    }

    /// <summary>What an error calls this file.</summary>
    public string Name { get; }

    /// <summary>Bytes delivered so far.</summary>
    public long Position { get; private set; }

    /// <summary>The most bytes there can be: the file's length, times what deflate can reach if it is compressed.</summary>
    public long BytesMax { get; }

    /// <summary>The bytes of the file at <paramref name="path"/>.</summary>
    public static ByteSource OpenFile(string path) => Open(DataFile.OpenRead(path), path);

    /// <summary>The bytes of <paramref name="file"/>, which must be seekable and at its start; it is closed with the source.</summary>
    public static ByteSource Open(Stream file, string name)
    {
        Span<byte> start = stackalloc byte[2];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (start[..read] is not [0x1F, 0x8B])
        {
            return new ByteSource(file, name, file.Length);
        }

        var unpacked = new GZipStream(new BufferedStream(file, BufferBytes), CompressionMode.Decompress);
        return new ByteSource(unpacked, name, file.Length * DatasetLimits.DeflateRatioMax);
    }

    /// <summary>A part of a larger file.</summary>
    /// <param name="part">Its bytes.</param>
    /// <param name="name">What an error calls it.</param>
    /// <param name="bytesMax">The most bytes it can hold.</param>
    /// <param name="checksum">CRC-32 of the bytes, if known.</param>
    public static ByteSource OpenPart(Stream part, string name, long bytesMax, uint? checksum = null) =>
        new(part, name, bytesMax, checksum);

    /// <summary>Fills <paramref name="destination"/> as far as the bytes go and returns how many there were.</summary>
    public int Read(Span<byte> destination)
    {
        try
        {
            int read = _stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
            Position += read;
            _checksum?.Add(destination[..read]);
            return read;
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException)
        {
            throw new InputException(
                $"{Name}: damaged or cut short after byte {Position} ({error.Message.TrimEnd('.')}); copy or download it again.", error);
        }
    }

    /// <summary>Fills <paramref name="destination"/> or says that the file ended before <paramref name="what"/> did.</summary>
    public void Fill(Span<byte> destination, string what)
    {
        int read = Read(destination);
        if (read < destination.Length)
        {
            throw new InputException(
                $"{Name}: ends at byte {Position}, but {what} goes on to byte {Position - read + destination.Length}; " +
                "copy or download it again.");
        }
    }

    /// <summary>
    /// Says so when bytes follow <paramref name="what"/>, or when the checksum of all bytes is wrong; reading the end makes gzip compare
    /// its own.
    /// </summary>
    public void ExpectEnd(string what)
    {
        Span<byte> next = stackalloc byte[1];
        long end = Position;
        if (Read(next) > 0)
        {
            throw new InputException($"{Name}: more bytes follow byte {end}, where {what} ends; header and content disagree.");
        }

        if (_checksum is not null && _checksum.Value != _checksumExpected)
        {
            throw new InputException(
                $"{Name}: damaged, its {Position} bytes have the checksum {_checksum.Value:X8} instead of {_checksumExpected:X8}; " +
                "copy or download it again.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
