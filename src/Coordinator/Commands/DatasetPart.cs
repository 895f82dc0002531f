using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Commands;

/// <summary>Some samples of a dataset as one of their own.</summary>
public static class DatasetPart
{
    /// <param name="dataset">The whole.</param>
    /// <param name="samples">Indices of <paramref name="dataset"/>; their order is kept.</param>
    public static Dataset Of(Dataset dataset, int[] samples)
    {
        int[] labels = [.. samples.Select(sample => dataset.Labels[sample])];
        return dataset.Bytes is { } bytes
            ? Dataset.OfBytes(dataset.Features, dataset.Classes, Rows(bytes, dataset.Features, samples), labels)
            : Dataset.OfFloats(dataset.Features, dataset.Classes, Rows(dataset.Floats!, dataset.Features, samples), labels);
    }

    private static T[] Rows<T>(T[] values, int columns, int[] rows)
    {
        var copy = new T[rows.Length * columns];
        for (int i = 0; i < rows.Length; i++)
        {
            values.AsSpan(rows[i] * columns, columns).CopyTo(copy.AsSpan(i * columns));
        }

        return copy;
    }
}
