using Distributed.Numerics.Models;
using Distributed.Protocol;

namespace Distributed.Coordinator.Exports;

/// <summary>Weights that were made elsewhere, in a network's layout.</summary>
/// <param name="Values">The flat parameter buffer.</param>
/// <param name="Explanation">One sentence: whose names the file has, and whether and why its matrices were transposed.</param>
public sealed record ImportedWeights(float[] Values, string Explanation);

/// <summary>
/// Reads initial weights from a safetensors or NPZ file: our own (a model or a checkpoint), PyTorch's state dict, Keras' kernels and
/// biases, or unnamed arrays.
/// </summary>
public static class WeightImport
{
    private const int ListedMax = 12;

    /// <summary>
    /// The weights in the file at <paramref name="path"/>. Shapes decide whether matrices are transposed, all of them alike; where all are
    /// square, the names do. InputException: the file is missing, damaged or does not fit, in one sentence that lists what was expected and
    /// what was found.
    /// </summary>
    public static ImportedWeights Read(string path, ParameterLayout layout)
    {
        using TensorFile file = TensorFile.Open(path);
        (WeightConvention convention, IReadOnlyList<ImportedLayer> layers) = WeightNames.Group(file.Tensors);
        try
        {
            WeightMatch match = WeightMatching.Match(layers, convention, layout);
            return new ImportedWeights(Gather(path, match, layout), Explain(path, match, convention));
        }
        catch (WeightMismatch mismatch)
        {
            throw Refusal(path, mismatch, layout, file.Tensors);
        }
    }

    private static InputException Refusal(string path, WeightMismatch mismatch, ParameterLayout layout, IReadOnlyList<ImportedTensor> tensors)
    {
        string expected = List(layout.Tensors.Select(Describe));
        string found = tensors.Count == 0 ? "nothing" : List(tensors.Select(tensor => tensor.ToString()));
        return new InputException(
            $"'{path}' does not fit the network: {mismatch.Message}; " +
            $"expected {expected}, weights as in×out or all as out×in, and found {found}.",
            mismatch);
    }

    private static string Describe(ParameterTensor tensor) =>
        tensor.IsBias ? $"{tensor.Name} [{tensor.Columns}]" : $"{tensor.Name} [{tensor.Rows}, {tensor.Columns}]";

    private static float[] Gather(string path, WeightMatch match, ParameterLayout layout)
    {
        float[] buffer = new float[layout.Count];
        for (int layer = 0; layer < match.Layers.Count; layer++)
        {
            ParameterTensor weight = layout.Weight(layer);
            ParameterTensor bias = layout.Bias(layer);
            float[] matrix = ReadFinite(path, match.Layers[layer].Weight!);
            bool isInOut = match.Orientation == WeightOrientation.InOut;
            (isInOut ? matrix : Transposition.Of(matrix, weight.Columns, weight.Rows)).CopyTo(buffer, weight.Offset);
            ReadFinite(path, match.Layers[layer].Bias!).CopyTo(buffer.AsSpan(bias.Offset, bias.Count));
        }

        return buffer;
    }

    private static float[] ReadFinite(string path, ImportedTensor tensor)
    {
        float[] values = tensor.Read();
        int bad = Array.FindIndex(values, value => !float.IsFinite(value));
        return bad < 0
            ? values
            : throw new InputException(
                $"'{path}': value {bad} of '{tensor}', counted row by row from 0, is {values[bad]} as float32; weights must be finite.");
    }

    private static string Explain(string path, WeightMatch match, WeightConvention convention)
    {
        string names = convention switch
        {
            WeightConvention.Own => "this program's names",
            WeightConvention.PyTorch => "PyTorch's names",
            WeightConvention.Keras => "Keras' names",
            _ => "arrays by their position",
        };
        string order = string.Join(", ", match.Layers.Take(ListedMax).Select(layer => layer.Weight!.Name));
        string how = match.Orientation == WeightOrientation.InOut ? "kept as they lie (in×out)" : "transposed (out×in to in×out)";
        string why = match.IsByShape ? "as their shapes say" : "as these names mean it, since square ones do not tell";
        return $"Initial weights from '{path}' by {names}: {order}, {how}, {why}.";
    }

    private static string List(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return string.Join(", ", all.Take(ListedMax)) + (all.Length > ListedMax ? $", … ({all.Length} in all)" : "");
    }
}
