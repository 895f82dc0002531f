using System.IO.Compression;
using Distributed.Coordinator.Checkpoints;
using Distributed.Numerics;
using Distributed.Numerics.Models;

namespace Distributed.Coordinator.Exports;

/// <summary>
/// Writes a trained network as numpy.savez would: float32 arrays W1 [in, out], b1 [out] …, and the numbers scale_offset and scale_factor
/// that raw features need first. Stored, not compressed, and with a fixed date: equal models give equal files.
/// </summary>
public static class NpzExport
{
    /// <summary>The array that holds <see cref="Distributed.Protocol.Datasets.FeatureScale.Offset"/>.</summary>
    public const string ScaleOffset = "scale_offset";

    /// <summary>The array that holds <see cref="Distributed.Protocol.Datasets.FeatureScale.Factor"/>.</summary>
    public const string ScaleFactor = "scale_factor";

    /// <summary>The first date that a zip archive can hold.</summary>
    private static readonly DateTimeOffset NoDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Writes <paramref name="model"/> to <paramref name="stream"/>, which must be seekable: readers that go from array to array want the
    /// sizes before the data. InputException: the network is too large.
    /// </summary>
    public static void Write(TrainedModel model, Stream stream)
    {
        Check.That(stream.CanSeek);
        ExportLimits.RequireRoom(model, "NPZ");
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (ParameterTensor tensor in ParameterLayout.For(model.Shape).Tensors)
        {
            ReadOnlySpan<float> values = model.Weights.AsSpan(tensor.Offset, tensor.Count);
            Add(zip, tensor.Name, values, tensor.IsBias ? [tensor.Columns] : [tensor.Rows, tensor.Columns]);
        }

        Add(zip, ScaleOffset, [model.Scale.Offset], []);
        Add(zip, ScaleFactor, [model.Scale.Factor], []);
    }

    private static void Add(ZipArchive zip, string array, ReadOnlySpan<float> values, ReadOnlySpan<int> shape)
    {
        ZipArchiveEntry entry = zip.CreateEntry(array + ".npy", CompressionLevel.NoCompression);
        entry.LastWriteTime = NoDate;
        using Stream stream = entry.Open();
        NpyWriter.Write(stream, values, shape);
    }
}
