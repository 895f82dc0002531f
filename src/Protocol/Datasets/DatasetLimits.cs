using Distributed.Numerics;

namespace Distributed.Protocol.Datasets;

/// <summary>How large a dataset may be. Whatever a file or a peer declares is held against these numbers before memory is taken.</summary>
public static class DatasetLimits
{
    /// <summary>Features per sample.</summary>
    public const int FeaturesMax = 1 << 20;

    /// <summary>Classes; the highest label is one less.</summary>
    public const int ClassesMax = 1 << 16;

    /// <summary>Samples in one dataset.</summary>
    public const int SamplesMax = 1 << 28;

    /// <summary>
    /// Bytes of all features of one dataset: one per value where every value is a whole number in 0..255, four otherwise.
    /// </summary>
    public const long FeatureBytesMax = 0x7FFF_FFC7;

    /// <summary>Bytes of one line of a CSV file.</summary>
    public const int CsvLineBytesMax = 1 << 26;

    /// <summary>Bytes of the text header of an array in an NPZ file.</summary>
    public const int NpyHeaderBytesMax = 1 << 16;

    /// <summary>The most bytes that one byte of deflated data can become (gzip, zip): 258 for every two bits.</summary>
    public const int DeflateRatioMax = 1032;

    static DatasetLimits()
    {
        Check.That(FeatureBytesMax <= Array.MaxLength);
        Check.That(SamplesMax * (long)sizeof(int) <= FeatureBytesMax);
        // A line with the most features still has room for the longest spelling of a float and its separator.
        Check.That(FeaturesMax * 32L <= CsvLineBytesMax);
    }

    /// <summary>
    /// True when <paramref name="samples"/>×<paramref name="features"/> values of <paramref name="valueBytes"/> bytes each may be held.
    /// </summary>
    public static bool Allow(long samples, long features, int valueBytes)
    {
        Check.That(valueBytes is 1 or 4);
        bool counts = samples is >= 0 and <= SamplesMax && features is >= 1 and <= FeaturesMax;
        return counts && samples * features <= FeatureBytesMax / valueBytes;
    }
}
