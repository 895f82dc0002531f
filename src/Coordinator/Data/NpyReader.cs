using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Data;

/// <summary>Features and labels from single NumPy arrays.</summary>
public static class NpyReader
{
    /// <summary>Reads features: the first dimension counts samples, all others together are one sample's features.</summary>
    public static NpyFeatures ReadFeatures(ByteSource source)
    {
        NpyHeader header = NpyHeader.ReadRowMajor(source);
        if (header.Shape.Count < 2)
        {
            throw new InputException(
                $"{source.Name}: shape {header.ShapeText} has no features; (samples, features) or more dimensions are expected.");
        }

        int features = CountFeatures(source.Name, header);
        CheckPromise(source, header, header.Shape[0], features);
        var buffer = new FeatureBuffer(source.Name, header.Shape[0], features);
        ReadInto(buffer, source, header, (int)header.Shape[0] * features);
        source.ExpectEnd($"the array of shape {header.ShapeText}");
        return new NpyFeatures(source.Name, (int)header.Shape[0], features, buffer);
    }

    /// <summary>Reads one label per sample: shape (samples,) or (samples, 1).</summary>
    public static int[] ReadLabels(ByteSource source, LabelRule rule)
    {
        NpyHeader header = NpyHeader.ReadRowMajor(source);
        if (header.Shape.Count != 1 && !(header.Shape.Count == 2 && header.Shape[1] == 1))
        {
            throw new InputException(
                $"{source.Name}: shape {header.ShapeText} is not one label per sample; " +
                "(samples,) is expected, so turn one-hot rows into numbers with .argmax(axis=1).");
        }

        CheckPromise(source, header, header.Shape[0], features: 1);
        int[] labels = new int[header.Shape[0]];
        var values = new NpyValues(source, header, labels.Length);
        while (values.TryRead(out long first, out ReadOnlySpan<double> chunk))
        {
            for (int i = 0; i < chunk.Length; i++)
            {
                if (!rule.TryAccept(chunk[i], out labels[first + i]))
                {
                    throw new InputException(
                        $"{source.Name}{header.IndexText(first + i)}: label {chunk[i]} is not allowed; {rule.Allowed}.");
                }
            }
        }

        source.ExpectEnd($"the array of shape {header.ShapeText}");
        return labels;
    }

    private static void ReadInto(FeatureBuffer buffer, ByteSource source, NpyHeader header, int count)
    {
        if (header.Type.IsByte)
        {
            source.Fill(buffer.NextBytes(count), $"the array of shape {header.ShapeText}");
            buffer.Advance(count);
            return;
        }

        float[] narrowed = new float[NpyValues.ChunkValues];
        var values = new NpyValues(source, header, count);
        while (values.TryRead(out long first, out ReadOnlySpan<double> chunk))
        {
            for (int i = 0; i < chunk.Length; i++)
            {
                narrowed[i] = (float)chunk[i];
                if (!float.IsFinite(narrowed[i]))
                {
                    throw new InputException(
                        $"{source.Name}{header.IndexText(first + i)}: {chunk[i]} is not a finite number; " +
                        "values from -3.4e38 to 3.4e38 are allowed.");
                }
            }

            buffer.Append(narrowed.AsSpan(0, chunk.Length));
        }
    }

    private static int CountFeatures(string name, NpyHeader header)
    {
        long features = 1;
        foreach (long dimension in header.Shape.Skip(1))
        {
            features = dimension is >= 1 and <= DatasetLimits.FeaturesMax ? features * dimension : 0;
            if (features is < 1 or > DatasetLimits.FeaturesMax)
            {
                throw new InputException(
                    $"{name}: shape {header.ShapeText} does not have 1 to {DatasetLimits.FeaturesMax} features per sample.");
            }
        }

        return (int)features;
    }

    /// <summary>The declared size is held against what is there before memory is taken.</summary>
    private static void CheckPromise(ByteSource source, NpyHeader header, long samples, int features)
    {
        if (samples < 1 || !DatasetLimits.Allow(samples, features, valueBytes: 1))
        {
            throw new InputException(
                $"{source.Name}: shape {header.ShapeText} is empty or too large; " +
                $"1 to {DatasetLimits.SamplesMax} samples and {DatasetLimits.FeatureBytesMax} bytes of features are allowed.");
        }

        long promised = source.Position + (samples * features * header.Type.Bytes);
        if (promised > source.BytesMax)
        {
            throw new InputException(
                $"{source.Name}: shape {header.ShapeText} promises {promised} bytes, but no more than {source.BytesMax} are there; " +
                "the file is damaged or cut short.");
        }
    }
}

/// <summary>Features as they came from one array.</summary>
/// <param name="Name">The array.</param>
/// <param name="Samples">Its first dimension.</param>
/// <param name="Features">The product of its other dimensions.</param>
/// <param name="Values">Samples×Features values.</param>
public sealed record NpyFeatures(string Name, int Samples, int Features, FeatureBuffer Values);
