using System.Runtime.InteropServices;
using Distributed.Numerics;

namespace Distributed.Protocol.Datasets;

/// <summary>
/// Labelled samples in memory, in the order of their file, never reordered. Features are kept as bytes where every one is a whole number
/// in 0..255, as floats otherwise: exactly one of <see cref="Bytes"/> and <see cref="Floats"/> is in use.
/// </summary>
public sealed class Dataset
{
    private Dataset(int features, int classes, byte[]? bytes, float[]? floats, int[] labels)
    {
        Check.That(features >= 1);
        Check.That(classes >= 1);
        Check.That((bytes is null) != (floats is null));
        Check.That((long)features * labels.Length == (bytes?.LongLength ?? floats!.LongLength));
        Features = features;
        Classes = classes;
        Bytes = bytes;
        Floats = floats;
        Labels = labels;
    }

    /// <summary>Features per sample.</summary>
    public int Features { get; }

    /// <summary>Classes: one more than the highest label of the training data.</summary>
    public int Classes { get; }

    /// <summary>Samples.</summary>
    public int Count => Labels.Length;

    /// <summary>Count×Features bytes, row-major, or null.</summary>
    public byte[]? Bytes { get; }

    /// <summary>Count×Features floats, row-major, or null.</summary>
    public float[]? Floats { get; }

    /// <summary>Count class indices.</summary>
    public int[] Labels { get; }

    /// <summary>A dataset whose features are bytes. The arrays are not copied.</summary>
    public static Dataset OfBytes(int features, int classes, byte[] bytes, int[] labels) => new(features, classes, bytes, null, labels);

    /// <summary>A dataset whose features are floats. The arrays are not copied.</summary>
    public static Dataset OfFloats(int features, int classes, float[] floats, int[] labels) => new(features, classes, null, floats, labels);

    /// <summary>
    /// Identifies the exact samples: SHA-256 over the dimensions (little-endian), the kind of feature, the features and the labels.
    /// </summary>
    public Digest ComputeDigest()
    {
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        ReadOnlySpan<int> header = [Features, Classes, Count, Bytes is null ? 4 : 1];
        hash.AppendData(MemoryMarshal.AsBytes(header));
        hash.AppendData(Bytes is null ? MemoryMarshal.AsBytes(Floats.AsSpan()) : Bytes);
        hash.AppendData(MemoryMarshal.AsBytes(Labels.AsSpan()));
        return new Digest(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
