using Distributed.Numerics.Models;

namespace Distributed.Coordinator.Exports;

/// <summary>How a weight matrix lies in a file.</summary>
internal enum WeightOrientation
{
    InOut,
    OutIn,
}

/// <summary>A file's layers in the network's order, and how their matrices lie.</summary>
/// <param name="Layers">One per layer of the network, each with a matrix and a vector that fit.</param>
/// <param name="Orientation">The same for all.</param>
/// <param name="IsByShape">True when at least one matrix can lie in one way only; false when the names alone decided.</param>
internal sealed record WeightMatch(IReadOnlyList<ImportedLayer> Layers, WeightOrientation Orientation, bool IsByShape);

/// <summary>Why a file does not fit, without what was expected and found.</summary>
internal sealed class WeightMismatch(string reason) : Exception(reason);

/// <summary>
/// Puts a file's layers in the network's order. Whatever is missing, left over or ambiguous throws <see cref="WeightMismatch"/>.
/// </summary>
internal static class WeightMatching
{
    /// <param name="layers">In natural order of their names.</param>
    /// <param name="convention">Decides how matrices lie when every one of them is square.</param>
    /// <param name="layout">The network's.</param>
    public static WeightMatch Match(IReadOnlyList<ImportedLayer> layers, WeightConvention convention, ParameterLayout layout)
    {
        int count = layout.Tensors.Count / 2;
        Require(layers.Count > 0, "no tensor is named as a weight or a bias of a dense layer");
        Require(layers.Count == count, $"it has {Count(layers.Count, "dense layer")}, and the network has {count}");
        foreach (ImportedLayer layer in layers)
        {
            Require(layer.Weight is not null, $"the bias '{layer.Bias}' has no weight beside it");
            Require(layer.Bias is not null, $"the weight '{layer.Weight}' has no bias beside it (zeros would do)");
        }

        bool isOneSeries = layers.Select(layer => NaturalOrder.SeriesOf(layer.Name)).Distinct().Count() == 1;
        IReadOnlyList<ImportedLayer> ordered = isOneSeries ? layers : OrderByShape(layers, layout);
        return Orient(ordered, convention, layout);
    }

    /// <summary>
    /// Names that are no numbered series (input, hidden, output) say nothing about order: the shapes must leave one way only.
    /// </summary>
    private static List<ImportedLayer> OrderByShape(IReadOnlyList<ImportedLayer> layers, ParameterLayout layout)
    {
        var left = new List<ImportedLayer>(layers);
        var ordered = new List<ImportedLayer>();
        for (int i = 0; i < layers.Count; i++)
        {
            ParameterTensor weight = layout.Weight(i);
            ImportedLayer[] fitting = [.. left.Where(layer => Fits(layer, weight))];
            Require(fitting.Length > 0, $"no layer is left that fits {weight.Name} and {layout.Bias(i).Name}");
            bool isClear = fitting.Select(layer => NaturalOrder.SeriesOf(layer.Name)).Distinct().Count() == 1;
            string names = string.Join(" and ", fitting.Select(layer => $"'{layer.Name}'"));
            Require(isClear, $"{names} both fit {weight.Name} and carry no numbers that tell their order");
            ordered.Add(fitting[0]);
            left.Remove(fitting[0]);
        }

        return ordered;
    }

    private static WeightMatch Orient(IReadOnlyList<ImportedLayer> layers, WeightConvention convention, ParameterLayout layout)
    {
        WeightOrientation? byShape = null;
        for (int i = 0; i < layers.Count; i++)
        {
            WeightOrientation? possible = OrientationOf(layers[i], layout.Weight(i), layout.Bias(i));
            bool isOtherWay = byShape is not null && possible is not null && byShape != possible;
            Require(!isOtherWay, $"'{layers[i].Weight}' lies the other way round than the matrices before it");
            byShape ??= possible;
        }

        WeightOrientation byName = convention == WeightConvention.PyTorch ? WeightOrientation.OutIn : WeightOrientation.InOut;
        return new WeightMatch(layers, byShape ?? byName, byShape is not null);
    }

    /// <summary>The one way in which the layer's matrix can lie; null for a square one, which can lie in both.</summary>
    private static WeightOrientation? OrientationOf(ImportedLayer layer, ParameterTensor weight, ParameterTensor bias)
    {
        Require(layer.Bias!.IsVector(bias.Columns), $"'{layer.Bias}' does not fit {bias.Name}, which has {bias.Columns} values");
        WeightOrientation[] possible = Orientations(layer.Weight!, weight);
        Require(possible.Length > 0, $"'{layer.Weight}' does not fit {weight.Name}, which is {weight.Rows}×{weight.Columns} (in×out)");
        return possible.Length == 1 ? possible[0] : null;
    }

    private static bool Fits(ImportedLayer layer, ParameterTensor weight) =>
        layer.Bias!.IsVector(weight.Columns) && Orientations(layer.Weight!, weight).Length > 0;

    private static WeightOrientation[] Orientations(ImportedTensor tensor, ParameterTensor weight)
    {
        bool inOut = tensor.Shape.SequenceEqual([weight.Rows, weight.Columns]);
        bool outIn = tensor.Shape.SequenceEqual([weight.Columns, weight.Rows]);
        return (inOut, outIn) switch
        {
            (true, true) => [WeightOrientation.InOut, WeightOrientation.OutIn],
            (true, false) => [WeightOrientation.InOut],
            (false, true) => [WeightOrientation.OutIn],
            _ => [],
        };
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static void Require(bool condition, string reason)
    {
        if (!condition)
        {
            throw new WeightMismatch(reason);
        }
    }
}
