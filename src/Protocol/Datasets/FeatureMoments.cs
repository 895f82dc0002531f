namespace Distributed.Protocol.Datasets;

/// <summary>
/// Mean and population standard deviation in double precision: one plain sum in the order of the samples, then one of the squared
/// distances from the mean. Bytes are counted first, which makes their sum exact and leaves 256 terms.
/// </summary>
internal static class FeatureMoments
{
    public static (double Mean, double Deviation) Of(Dataset dataset, ReadOnlySpan<int> samples) =>
        dataset.Bytes is byte[] bytes
            ? OfCounts(CountBytes(bytes, dataset.Features, samples))
            : OfFloats(dataset.Floats!, dataset.Features, samples);

    private static long[] CountBytes(byte[] bytes, int features, ReadOnlySpan<int> samples)
    {
        long[] counts = new long[256];
        foreach (int sample in samples)
        {
            foreach (byte value in bytes.AsSpan(sample * features, features))
            {
                counts[value]++;
            }
        }

        return counts;
    }

    private static (double Mean, double Deviation) OfCounts(long[] counts)
    {
        long values = 0;
        long sum = 0;
        for (int value = 0; value < counts.Length; value++)
        {
            values += counts[value];
            sum += counts[value] * value;
        }

        double mean = (double)sum / values;
        double squares = 0;
        for (int value = 0; value < counts.Length; value++)
        {
            double distance = value - mean;
            squares += counts[value] * (distance * distance);
        }

        return (mean, Math.Sqrt(squares / values));
    }

    private static (double Mean, double Deviation) OfFloats(float[] floats, int features, ReadOnlySpan<int> samples)
    {
        double values = (double)samples.Length * features;
        double sum = 0;
        foreach (int sample in samples)
        {
            foreach (float value in floats.AsSpan(sample * features, features))
            {
                sum += value;
            }
        }

        double mean = sum / values;
        double squares = 0;
        foreach (int sample in samples)
        {
            foreach (float value in floats.AsSpan(sample * features, features))
            {
                double distance = value - mean;
                squares += distance * distance;
            }
        }

        return (mean, Math.Sqrt(squares / values));
    }
}
