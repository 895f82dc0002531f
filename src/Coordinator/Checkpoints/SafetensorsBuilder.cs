using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Distributed.Coordinator.Storage;
using Distributed.Numerics;
using Distributed.Numerics.Models;

namespace Distributed.Coordinator.Checkpoints;

/// <summary>
/// Writes float32 tensors and string metadata in the safetensors format, sealed by <see cref="FileSeal"/>. The data region holds the
/// tensors in the order they were added.
/// The values are read when the file is written and must not change between the two.
/// </summary>
internal sealed class SafetensorsBuilder
{
    private readonly List<SafetensorsEntry> entries = [];
    private readonly List<ReadOnlyMemory<float>> data = [];
    private long dataBytes;

    /// <summary>The strings that go under <c>__metadata__</c>, in this order.</summary>
    public OrderedDictionary<string, string> Metadata { get; } = [];

    /// <summary>Bytes of the whole file, once written.</summary>
    public long FileBytes { get; private set; }

    /// <summary>Adds one tensor; <paramref name="values"/> is row-major and as long as the shape's product.</summary>
    public void Add(string name, IReadOnlyList<long> shape, ReadOnlyMemory<float> values)
    {
        Check.That(BitConverter.IsLittleEndian);
        Check.That(shape.Aggregate(1L, (product, dimension) => product * dimension) == values.Length);
        long end = dataBytes + (sizeof(float) * (long)values.Length);
        entries.Add(new SafetensorsEntry(name, SafetensorsDtype.Float32, shape, dataBytes, end));
        data.Add(values);
        dataBytes = end;
    }

    /// <summary>Adds the tensors of one flat buffer in <paramref name="layout"/>: a weight is [in, out], a bias [out].</summary>
    public void Add(ParameterLayout layout, ReadOnlyMemory<float> buffer, string prefix = "")
    {
        Check.That(buffer.Length == layout.Count);
        foreach (ParameterTensor tensor in layout.Tensors)
        {
            long[] shape = tensor.IsBias ? [tensor.Columns] : [tensor.Rows, tensor.Columns];
            Add(prefix + tensor.Name, shape, buffer.Slice(tensor.Offset, tensor.Count));
        }
    }

    /// <summary>Writes the file.</summary>
    public void WriteTo(IStoreFile file)
    {
        byte[] header = EncodeHeader();
        Seal(header);
        file.Write(header);
        foreach (ReadOnlyMemory<float> values in data)
        {
            file.Write(MemoryMarshal.AsBytes(values.Span));
        }

        FileBytes = header.Length + dataBytes;
        Check.That(file.Length == FileBytes);
    }

    /// <summary>The length field and the JSON, padded with spaces.</summary>
    private byte[] EncodeHeader()
    {
        var json = new System.Buffers.ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            WriteJson(writer);
        }

        int padded = (json.WrittenCount + SafetensorsLimits.AlignmentBytes - 1) / SafetensorsLimits.AlignmentBytes * SafetensorsLimits.AlignmentBytes;
        Check.That(padded <= SafetensorsLimits.HeaderBytesMax);
        byte[] header = new byte[SafetensorsLimits.PrefixBytes + padded];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)padded);
        header.AsSpan(SafetensorsLimits.PrefixBytes).Fill((byte)' ');
        json.WrittenSpan.CopyTo(header.AsSpan(SafetensorsLimits.PrefixBytes));
        return header;
    }

    private void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("__metadata__");
        foreach ((string key, string value) in Metadata)
        {
            Check.That(key != FileSeal.Key);
            writer.WriteString(key, value);
        }

        writer.WriteString(FileSeal.Key, FileSeal.Blank);
        writer.WriteEndObject();
        foreach (SafetensorsEntry entry in entries)
        {
            WriteEntry(writer, entry);
        }

        writer.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter writer, SafetensorsEntry entry)
    {
        writer.WriteStartObject(entry.Name);
        writer.WriteString("dtype", entry.Dtype);
        WriteArray(writer, "shape", entry.Shape);
        WriteArray(writer, "data_offsets", [entry.Begin, entry.End]);
        writer.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter writer, string name, IReadOnlyList<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (long number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }

    private void Seal(Span<byte> header)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        foreach (ReadOnlyMemory<float> values in data)
        {
            hash.AppendData(MemoryMarshal.AsBytes(values.Span));
        }

        int at = FileSeal.Find(header);
        Check.That(at >= 0);
        Span<byte> digits = header.Slice(at, FileSeal.Digits);
        Check.That(Convert.TryToHexStringLower(hash.GetHashAndReset(), digits, out int written));
        Check.That(written == FileSeal.Digits);
    }
}
