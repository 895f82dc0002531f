using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Distributed.Numerics;

namespace Distributed.Protocol.Datasets;

/// <summary>
/// A dataset as one canonical run of bytes, little-endian:
/// <code>
/// offset 0   8 bytes  "DDATASET"
///        8   int32    format, 1
///       12   int32    features
///       16   int32    classes
///       20   int32    samples
///       24   int32    bytes per feature value: 1 (byte) or 4 (float32)
///       28   samples × features values, row-major
///        …   samples × int32 labels
///        …   32 bytes <see cref="Dataset.ComputeDigest"/>
/// </code>
/// </summary>
public static class DatasetCodec
{
    private const int HeaderBytes = 28;
    private const int DigestBytes = 32;
    private const int Format = 1;

    private static ReadOnlySpan<byte> Magic => "DDATASET"u8;

    /// <summary>Bytes that <see cref="Write"/> produces for <paramref name="dataset"/>.</summary>
    public static long EncodedBytes(Dataset dataset) =>
        HeaderBytes + ((long)dataset.Count * dataset.Features * ValueBytes(dataset)) + ((long)dataset.Count * sizeof(int)) + DigestBytes;

    /// <summary>Writes <paramref name="dataset"/> to <paramref name="stream"/>.</summary>
    public static void Write(Dataset dataset, Stream stream)
    {
        Check.That(BitConverter.IsLittleEndian);
        Span<byte> header = stackalloc byte[HeaderBytes];
        Magic.CopyTo(header);
        ReadOnlySpan<int> numbers = [Format, dataset.Features, dataset.Classes, dataset.Count, ValueBytes(dataset)];
        MemoryMarshal.AsBytes(numbers).CopyTo(header[Magic.Length..]);
        stream.Write(header);
        stream.Write(FeatureBytes(dataset));
        stream.Write(MemoryMarshal.AsBytes(dataset.Labels.AsSpan()));
        stream.Write(Convert.FromHexString(dataset.ComputeDigest().Hex));
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="stream">Read up to the end of the dataset, not beyond.</param>
    /// <param name="bytesMax">The most bytes that <paramref name="stream"/> can hold; a header that promises more is refused before
    /// memory is taken.</param>
    /// <param name="name">What an error calls the source.</param>
    /// <exception cref="InputException">Not a dataset, larger than <see cref="DatasetLimits"/>, cut short, or not the bytes that were
    /// written.</exception>
    public static Dataset Read(Stream stream, long bytesMax, string name)
    {
        Check.That(BitConverter.IsLittleEndian);
        Span<byte> header = stackalloc byte[HeaderBytes];
        Fill(stream, header, 0, name);
        DatasetHeader declared = ParseHeader(header, name);
        long promised = HeaderBytes + declared.FeatureBytes + ((long)declared.Samples * sizeof(int)) + DigestBytes;
        if (promised > bytesMax)
        {
            throw new InputException(
                $"{name}: the header promises {promised} bytes ({declared.Samples} samples of {declared.Features} features), " +
                $"but at most {bytesMax} are there.");
        }

        Dataset dataset = ReadBody(stream, declared, name);
        Span<byte> digest = stackalloc byte[DigestBytes];
        Fill(stream, digest, promised - DigestBytes, name);
        var expected = new Digest(Convert.ToHexStringLower(digest));
        Digest actual = dataset.ComputeDigest();
        return actual == expected
            ? dataset
            : throw new InputException(
                $"{name}: the samples have digest {actual}, but {expected} was written with them; transfer the dataset again.");
    }

    private static Dataset ReadBody(Stream stream, DatasetHeader declared, string name)
    {
        int values = checked(declared.Samples * declared.Features);
        byte[]? bytes = declared.ValueBytes == 1 ? GC.AllocateUninitializedArray<byte>(values) : null;
        float[]? floats = declared.ValueBytes == 4 ? GC.AllocateUninitializedArray<float>(values) : null;
        int[] labels = GC.AllocateUninitializedArray<int>(declared.Samples);
        Fill(stream, bytes ?? MemoryMarshal.AsBytes(floats.AsSpan()), HeaderBytes, name);
        Fill(stream, MemoryMarshal.AsBytes(labels.AsSpan()), HeaderBytes + declared.FeatureBytes, name);
        int wrong = labels.AsSpan().IndexOfAnyExceptInRange(0, declared.Classes - 1);
        if (wrong >= 0)
        {
            throw new InputException(
                $"{name}: the label of sample {wrong} is {labels[wrong]}; " +
                $"with {declared.Classes} classes it must lie in 0 to {declared.Classes - 1}.");
        }

        return bytes is not null
            ? Dataset.OfBytes(declared.Features, declared.Classes, bytes, labels)
            : Dataset.OfFloats(declared.Features, declared.Classes, floats!, labels);
    }

    private static DatasetHeader ParseHeader(ReadOnlySpan<byte> header, string name)
    {
        if (!header.StartsWith(Magic))
        {
            throw new InputException(
                $"{name}: byte 0: a dataset starts with \"DDATASET\", not with the bytes {Convert.ToHexString(header[..Magic.Length])}.");
        }

        int format = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        if (format != Format)
        {
            throw new InputException($"{name}: byte 8: dataset format {format} is not known to this version, which reads format {Format}.");
        }

        var declared = new DatasetHeader(
            BinaryPrimitives.ReadInt32LittleEndian(header[12..]),
            BinaryPrimitives.ReadInt32LittleEndian(header[16..]),
            BinaryPrimitives.ReadInt32LittleEndian(header[20..]),
            BinaryPrimitives.ReadInt32LittleEndian(header[24..]));
        return declared.IsAllowed
            ? declared
            : throw new InputException(
                $"{name}: bytes 12 to 27: {declared.Samples} samples of {declared.Features} features, {declared.ValueBytes} bytes each, " +
                $"in {declared.Classes} classes " +
                $"are not allowed; the limits are {DatasetLimits.SamplesMax} samples, {DatasetLimits.FeaturesMax} features, " +
                $"{DatasetLimits.ClassesMax} classes, " +
                $"1 or 4 bytes a value and {DatasetLimits.FeatureBytesMax} bytes of features.");
    }

    private static void Fill(Stream stream, Span<byte> destination, long offset, string name)
    {
        int read = stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        if (read < destination.Length)
        {
            throw new InputException(
                $"{name}: cut short at byte {offset + read}; {destination.Length - read} more bytes were expected next.");
        }
    }

    private static int ValueBytes(Dataset dataset) => dataset.Bytes is null ? 4 : 1;

    private static ReadOnlySpan<byte> FeatureBytes(Dataset dataset) =>
        dataset.Bytes is byte[] bytes ? bytes : MemoryMarshal.AsBytes(dataset.Floats.AsSpan());

    private readonly record struct DatasetHeader(int Features, int Classes, int Samples, int ValueBytes)
    {
        public bool IsAllowed =>
            ValueBytes is 1 or 4 && Classes is >= 1 and <= DatasetLimits.ClassesMax && DatasetLimits.Allow(Samples, Features, ValueBytes);

        public long FeatureBytes => (long)Samples * Features * ValueBytes;
    }
}
