using System.Numerics;
using System.Runtime.InteropServices;
using Distributed.Numerics;

namespace Distributed.Protocol.Datasets;

/// <summary>Lowest and highest feature. Both are exact, so the order of comparison does not show.</summary>
internal static class FeatureRange
{
    public static (float Min, float Max) Of(Dataset dataset, ReadOnlySpan<int> samples) =>
        dataset.Bytes is byte[] bytes ? OfBytes(bytes, dataset.Features, samples) : OfFloats(dataset.Floats!, dataset.Features, samples);

    private static (float Min, float Max) OfBytes(byte[] bytes, int features, ReadOnlySpan<int> samples)
    {
        byte min = byte.MaxValue;
        byte max = byte.MinValue;
        foreach (int sample in samples)
        {
            Widen(bytes.AsSpan(sample * features, features), ref min, ref max);
            if (min == byte.MinValue && max == byte.MaxValue)
            {
                break;
            }
        }

        Check.That(min <= max);
        return (min, max);
    }

    private static void Widen(ReadOnlySpan<byte> row, ref byte min, ref byte max)
    {
        ReadOnlySpan<Vector<byte>> vectors = MemoryMarshal.Cast<byte, Vector<byte>>(row);
        var lowest = new Vector<byte>(min);
        var highest = new Vector<byte>(max);
        foreach (Vector<byte> vector in vectors)
        {
            lowest = Vector.Min(lowest, vector);
            highest = Vector.Max(highest, vector);
        }

        for (int lane = 0; lane < Vector<byte>.Count; lane++)
        {
            min = Math.Min(min, lowest[lane]);
            max = Math.Max(max, highest[lane]);
        }

        foreach (byte value in row[(vectors.Length * Vector<byte>.Count)..])
        {
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }
    }

    private static (float Min, float Max) OfFloats(float[] floats, int features, ReadOnlySpan<int> samples)
    {
        float min = float.PositiveInfinity;
        float max = float.NegativeInfinity;
        foreach (int sample in samples)
        {
            foreach (float value in floats.AsSpan(sample * features, features))
            {
                min = value < min ? value : min;
                max = value > max ? value : max;
            }
        }

        Check.That(min <= max);
        return (min, max);
    }
}
