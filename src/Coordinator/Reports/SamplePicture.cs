using Distributed.Numerics;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Reports;

/// <summary>A sample as a square grey picture, where its features can be one.</summary>
/// <param name="Side">Pixels in a row, and rows.</param>
/// <param name="Pixels">Side×Side, row by row; 0 is black.</param>
public sealed record SamplePicture(int Side, byte[] Pixels)
{
    /// <summary>Below it, squares such as 4 or 9 features are numbers rather than pictures.</summary>
    private const int SideMin = 5;

    private const int SideMax = 512;

    /// <summary>
    /// The picture of sample <paramref name="index"/>; null when the number of features is no square of a picture's size.
    /// </summary>
    public static SamplePicture? Of(Dataset data, int index)
    {
        Check.That((uint)index < (uint)data.Count);
        int side = (int)Math.Sqrt(data.Features);
        if (side * side != data.Features || side < SideMin || side > SideMax)
        {
            return null;
        }

        int first = index * data.Features;
        return data.Bytes is { } bytes
            ? new SamplePicture(side, bytes[first..(first + data.Features)])
            : new SamplePicture(side, Stretch(data.Floats.AsSpan(first, data.Features)));
    }

    /// <summary>Maps the sample's own range to 0..255.</summary>
    private static byte[] Stretch(ReadOnlySpan<float> features)
    {
        float low = float.PositiveInfinity;
        float high = float.NegativeInfinity;
        foreach (float value in features)
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        byte[] pixels = new byte[features.Length];
        for (int pixel = 0; pixel < pixels.Length && high > low; pixel++)
        {
            pixels[pixel] = (byte)Math.Round(255.0 * ((double)features[pixel] - low) / ((double)high - low));
        }

        return pixels;
    }
}
