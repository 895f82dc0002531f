using System.Buffers.Binary;
using Distributed.Numerics;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Data;

/// <summary>
/// IDX files as MNIST's authors define them: two zero bytes, a type code, the number of dimensions, each dimension as a big-endian int32,
/// then the values with the last dimension running fastest. Images are unsigned bytes in two or more dimensions, labels unsigned bytes in
/// one.
/// </summary>
public static class IdxReader
{
    private const byte UnsignedByte = 0x08;
    private const int DimensionsMax = 8;

    /// <summary>Reads the images: samples × features bytes.</summary>
    public static IdxImages ReadImages(ByteSource source)
    {
        int[] dimensions = ReadHeader(source, "images", 2, DimensionsMax);
        long features = 1;
        foreach (int dimension in dimensions.AsSpan(1))
        {
            features *= dimension;
            CheckSize(source, dimensions, features is >= 1 and <= DatasetLimits.FeaturesMax);
        }

        CheckSize(source, dimensions, DatasetLimits.Allow(dimensions[0], features, valueBytes: 1));
        byte[] pixels = ReadValues(source, dimensions, dimensions[0] * features);
        return new IdxImages(source.Name, dimensions[0], (int)features, pixels);
    }

    /// <summary>Reads one label per sample.</summary>
    public static int[] ReadLabels(ByteSource source, LabelRule rule)
    {
        int[] dimensions = ReadHeader(source, "labels", 1, 1);
        CheckSize(source, dimensions, dimensions[0] is >= 1 and <= DatasetLimits.SamplesMax);
        int headerBytes = (int)source.Position;
        byte[] values = ReadValues(source, dimensions, dimensions[0]);
        int[] labels = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (!rule.TryAccept(values[i], out labels[i]))
            {
                throw new InputException(
                    $"{source.Name}, byte {headerBytes + i}: label {values[i]} of sample {i} is out of range; {rule.Allowed}.");
            }
        }

        return labels;
    }

    private static int[] ReadHeader(ByteSource source, string content, int dimensionsMin, int dimensionsMax)
    {
        if (source.BytesMax == 0)
        {
            throw new InputException($"{source.Name}: the file is empty; an IDX file of {content} is expected.");
        }

        Span<byte> magic = stackalloc byte[4];
        source.Fill(magic, "the IDX header");
        CheckMagic(source.Name, magic, content, dimensionsMin, dimensionsMax);
        int[] dimensions = new int[magic[3]];
        Span<byte> number = stackalloc byte[4];
        for (int i = 0; i < dimensions.Length; i++)
        {
            source.Fill(number, "the IDX header");
            uint dimension = BinaryPrimitives.ReadUInt32BigEndian(number);
            dimensions[i] = dimension is >= 1 and <= int.MaxValue
                ? (int)dimension
                : throw new InputException(
                    $"{source.Name}, byte {source.Position - 4}: dimension {i + 1} is {dimension}; " +
                    $"it must be at least 1 and at most {int.MaxValue}.");
        }

        return dimensions;
    }

    private static void CheckMagic(string name, ReadOnlySpan<byte> magic, string content, int dimensionsMin, int dimensionsMax)
    {
        string expected = $"an IDX file of {content} starts with 0x{UnsignedByte << 8 | (dimensionsMin == 1 ? 1 : 3):X8}";
        if (magic[0] != 0 || magic[1] != 0)
        {
            throw new InputException($"{name}, byte 0: the magic number is 0x{Convert.ToHexString(magic)}; {expected}.");
        }

        if (magic[2] != UnsignedByte)
        {
            throw new InputException($"{name}, byte 2: the type code is 0x{magic[2]:X2}; only unsigned bytes (0x08) are read, {expected}.");
        }

        if (magic[3] < dimensionsMin || magic[3] > dimensionsMax)
        {
            string allowed = dimensionsMin == dimensionsMax ? $"{dimensionsMin}" : $"{dimensionsMin} to {dimensionsMax}";
            throw new InputException($"{name}, byte 3: {magic[3]} dimensions are declared, but {content} have {allowed}; {expected}.");
        }
    }

    private static void CheckSize(ByteSource source, int[] dimensions, bool allowed)
    {
        if (!allowed)
        {
            throw new InputException(
                $"{source.Name}, byte 4: {Shape(dimensions)} values are too many; the limits are {DatasetLimits.SamplesMax} samples, " +
                $"{DatasetLimits.FeaturesMax} features and {DatasetLimits.FeatureBytesMax} bytes in all.");
        }
    }

    private static byte[] ReadValues(ByteSource source, int[] dimensions, long values)
    {
        Check.That(values is >= 1 and <= DatasetLimits.FeatureBytesMax);
        long promised = source.Position + values;
        string content = $"the {Shape(dimensions)} values ({promised} bytes in all) that the header promises";
        if (promised > source.BytesMax)
        {
            throw new InputException(
                $"{source.Name}: holds no more than {source.BytesMax} bytes, too few for {content}; copy or download it again.");
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)values);
        source.Fill(bytes, content);
        source.ExpectEnd(content);
        return bytes;
    }

    private static string Shape(int[] dimensions) => string.Join("×", dimensions);
}

/// <summary>Images as they lie in an IDX file.</summary>
/// <param name="Name">The file.</param>
/// <param name="Count">Samples.</param>
/// <param name="Features">Pixels per sample.</param>
/// <param name="Pixels">Count×Features bytes.</param>
public sealed record IdxImages(string Name, int Count, int Features, byte[] Pixels);
