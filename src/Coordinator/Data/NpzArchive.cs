using System.IO.Compression;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Data;

/// <summary>A zip of NumPy arrays, as numpy.savez and numpy.savez_compressed write it. Nothing that it declares is believed before it is checked.</summary>
public sealed class NpzArchive : IDisposable
{
    private readonly ZipArchive _zip;
    private readonly string _name;
    private readonly long _fileBytes;

    private NpzArchive(ZipArchive zip, string name, long fileBytes)
    {
        _zip = zip;
        _name = name;
        _fileBytes = fileBytes;
        Arrays = [.. zip.Entries.Select(entry => entry.FullName).Where(entry => entry.EndsWith(".npy", StringComparison.Ordinal)).Select(entry => entry[..^4])];
    }

    /// <summary>The names of the arrays.</summary>
    public IReadOnlyList<string> Arrays { get; }

    /// <summary>Opens <paramref name="file"/>, which must be seekable; it is closed with the archive.</summary>
    public static NpzArchive Open(Stream file, string name)
    {
        if (file.Length == 0)
        {
            throw new InputException($"{name}: the file is empty; an NPZ archive is expected.");
        }

        NpzArchive archive = Guard(name, () => new NpzArchive(new ZipArchive(file, ZipArchiveMode.Read), name, file.Length));
        return archive.Arrays.Count > 0
            ? archive
            : throw new InputException($"{name}: the archive holds no NumPy array; an NPZ file holds {NpzDataset.ExpectedNames}, as numpy.savez writes them.");
    }

    /// <summary>Opens an array at its first byte.</summary>
    public ByteSource OpenArray(string array)
    {
        ZipArchiveEntry? entry = Guard(_name, () => _zip.GetEntry(array + ".npy"));
        if (entry is null)
        {
            string[] near = NearNames.Of(array, Arrays);
            string hint = near.Length == 0 ? "" : $" (is {string.Join(" or ", near)} meant?)";
            throw new InputException($"{_name}: there is no array {array}; the archive holds {Shown.Some(Arrays)}{hint}, but {NpzDataset.ExpectedNames} are expected.");
        }

        long packed = Math.Min(entry.CompressedLength, _fileBytes);
        long bytesMax = Math.Min(entry.Length, packed * DatasetLimits.DeflateRatioMax);
        string name = $"{_name}: {array}";
        return ByteSource.OpenPart(Guard(name, entry.Open), name, bytesMax, entry.Crc32);
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private static T Guard<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new InputException($"{name}: not a readable zip archive ({error.Message.TrimEnd('.')}); an NPZ file, as numpy.savez writes it, is expected.", error);
        }
    }
}
