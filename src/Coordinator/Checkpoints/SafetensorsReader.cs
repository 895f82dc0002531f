using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Distributed.Coordinator.Storage;
using Distributed.Protocol;

namespace Distributed.Coordinator.Checkpoints;

/// <summary>
/// Reads safetensors files, this program's own and those written by others. A file that is torn, rotten or malformed throws <see
/// cref="InputException"/>.
/// </summary>
public static class SafetensorsReader
{
    /// <summary>Reads <paramref name="path"/> of <paramref name="store"/>.</summary>
    public static SafetensorsFile Read(IRunStore store, string path)
    {
        using Stream stream = store.OpenRead(path);
        return Read(stream, store.Locate(path));
    }

    /// <summary>Reads a whole stream of known length.</summary>
    /// <param name="name">Where it comes from, for messages.</param>
    public static SafetensorsFile Read(Stream stream, string name)
    {
        SafetensorsFile file = ReadRotten(stream, name, out InputException? fault);
        return fault is null ? file : throw fault;
    }

    /// <summary>As <see cref="Read(Stream, string)"/>, but a file whose own digest does not match is given out all the same, to be looked at.</summary>
    /// <param name="fault">That it does not; null for a good file.</param>
    internal static SafetensorsFile ReadRotten(Stream stream, string name, out InputException? fault)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] json = ReadHeader(stream, name, hash, out string? seal);
        long dataBytes = stream.Length - SafetensorsLimits.PrefixBytes - json.Length;
        SafetensorsHeader header = SafetensorsHeaderParser.Parse(json, dataBytes, name);
        Dictionary<string, byte[]> tensors = ReadTensors(stream, name, header, hash);
        fault = SealFault(header, seal, Convert.ToHexStringLower(hash.GetHashAndReset()), stream.Length)?.In(name);
        return new SafetensorsFile(name, header, tensors, isSealed: fault is null && header.Metadata.ContainsKey(FileSeal.Key));
    }

    /// <summary>The JSON as it stands in the file; <paramref name="hash"/> sees it with the seal's digits as zeros.</summary>
    private static byte[] ReadHeader(Stream stream, string name, IncrementalHash hash, out string? seal)
    {
        byte[] prefix = new byte[SafetensorsLimits.PrefixBytes];
        if (stream.Length < prefix.Length)
        {
            throw new SafetensorsFormatException($"it has {stream.Length} bytes, and the length of the header alone takes {prefix.Length}", stream.Length)
                .In(name);
        }

        stream.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        ulong rest = (ulong)(stream.Length - prefix.Length);
        if (length > SafetensorsLimits.HeaderBytesMax || length > rest)
        {
            ulong allowed = Math.Min(rest, SafetensorsLimits.HeaderBytesMax);
            throw new SafetensorsFormatException($"it claims a header of {length} bytes, and {allowed} are possible", at: 0).In(name);
        }

        byte[] json = new byte[(int)length];
        stream.ReadExactly(json);
        hash.AppendData(prefix);
        seal = HashHeader(json, hash);
        return json;
    }

    private static string? HashHeader(byte[] json, IncrementalHash hash)
    {
        byte[] blanked = [.. json];
        int at = FileSeal.Find(json);
        Span<byte> digits = at < 0 ? [] : blanked.AsSpan(at, FileSeal.Digits);
        string? seal = digits.IsEmpty ? null : Encoding.Latin1.GetString(digits);
        digits.Fill((byte)'0');
        hash.AppendData(blanked);
        return seal;
    }

    private static Dictionary<string, byte[]> ReadTensors(Stream stream, string name, SafetensorsHeader header, IncrementalHash hash)
    {
        var tensors = new Dictionary<string, byte[]>();
        foreach (SafetensorsEntry entry in header.Entries)
        {
            long bytes = entry.End - entry.Begin;
            if (bytes > Array.MaxLength)
            {
                throw new SafetensorsFormatException(
                    $"tensor '{entry.Name}' has {bytes} bytes, and {Array.MaxLength} are the most this program reads").In(name);
            }

            byte[] data = new byte[(int)bytes];
            stream.ReadExactly(data);
            hash.AppendData(data);
            tensors.Add(entry.Name, data);
        }

        return tensors;
    }

    private static SafetensorsFormatException? SealFault(SafetensorsHeader header, string? seal, string digest, long bytes) =>
        !header.Metadata.TryGetValue(FileSeal.Key, out string? declared) || (declared == seal && seal == digest)
            ? null
            : new SafetensorsFormatException(
                $"its content is not what was written: the {FileSeal.Key} inside is {declared}, its bytes 0 to {bytes - 1} give {digest}");
}
