using Distributed.Coordinator.TensorBoard.Messages;

namespace Distributed.Coordinator.TensorBoard;

/// <summary>Counts values in equally wide buckets between the smallest and the largest.</summary>
internal static class WeightHistogram
{
    /// <summary>As many as TensorBoard shows.</summary>
    public const int Buckets = 30;

    /// <summary>The histogram of the finite ones of <paramref name="values"/>; null when there is none.</summary>
    public static HistogramProto? Of(ReadOnlySpan<float> values)
    {
        var histogram = new HistogramProto { Min = double.PositiveInfinity, Max = double.NegativeInfinity };
        foreach (float value in values)
        {
            if (float.IsFinite(value))
            {
                Include(histogram, value);
            }
        }

        if (histogram.Num == 0)
        {
            return null;
        }

        Count(histogram, values);
        return histogram;
    }

    private static void Include(HistogramProto histogram, double value)
    {
        histogram.Min = Math.Min(histogram.Min, value);
        histogram.Max = Math.Max(histogram.Max, value);
        histogram.Num++;
        histogram.Sum += value;
        histogram.SumSquares += value * value;
    }

    private static void Count(HistogramProto histogram, ReadOnlySpan<float> values)
    {
        double[] counts = new double[histogram.Max > histogram.Min ? Buckets : 1];
        double perBucket = (histogram.Max - histogram.Min) / counts.Length;
        foreach (float value in values)
        {
            if (float.IsFinite(value))
            {
                // The largest value would fall just behind the last bucket.
                int bucket = perBucket == 0 ? 0 : (int)((value - histogram.Min) / perBucket);
                counts[Math.Min(bucket, counts.Length - 1)]++;
            }
        }

        for (int bucket = 0; bucket < counts.Length; bucket++)
        {
            bool isLast = bucket == counts.Length - 1;
            histogram.BucketLimit.Add(isLast ? histogram.Max : histogram.Min + ((bucket + 1) * perBucket));
            histogram.Bucket.Add(counts[bucket]);
        }
    }
}
