using System.IO.Compression;
using Distributed.Coordinator.Recipes;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Data;

/// <summary>
/// A zip of NumPy arrays, as numpy.savez and numpy.savez_compressed write it. Nothing that it declares is believed before it is checked.
/// </summary>
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
        IEnumerable<string> files = zip.Entries.Select(entry => entry.FullName);
        Arrays = [.. files.Where(file => file.EndsWith(".npy", StringComparison.Ordinal)).Select(file => file[..^4])];
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
            : throw new InputException(
                $"{name}: the archive holds no NumPy array; an NPZ file holds {NpzDataset.ExpectedNames}, as numpy.savez writes them.");
    }

    /// <summary>Opens an array at its first byte.</summary>
    public ByteSource OpenArray(string array)
    {
        ZipArchiveEntry? entry = Guard(_name, () => _zip.GetEntry(array + ".npy"));
        if (entry is null)
        {
            string hint = Nearest.To(array, Arrays) is string near ? $" (is {near} meant?)" : "";
            throw new InputException(
                $"{_name}: there is no array {array}; the archive holds {Shown.Some(Arrays)}{hint}, " +
                $"but {NpzDataset.ExpectedNames} are expected.");
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
        catch (Exception error) when (
            error is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new InputException(
                $"{name}: not a readable zip archive ({error.Message.TrimEnd('.')}); an NPZ file, as numpy.savez writes it, is expected.",
                error);
        }
    }
}
