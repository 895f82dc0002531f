using System.Text.RegularExpressions;

namespace Distributed.Coordinator.Exports;

/// <summary>Whose habits a file's names follow; they say how a weight matrix lies where its shape does not.</summary>
internal enum WeightConvention
{
    /// <summary>W1, b1 …: in×out, as this program writes them.</summary>
    Own,

    /// <summary>fc1.weight, fc1.bias …: out×in, as torch.nn.Linear keeps them.</summary>
    PyTorch,

    /// <summary>dense/kernel, dense/bias …: in×out.</summary>
    Keras,

    /// <summary>arr_0, arr_1 …: in×out, as numpy.savez names what Keras' get_weights gives.</summary>
    Positional,
}

/// <summary>A dense layer of a file made elsewhere.</summary>
/// <param name="Name">What the names of its tensors have in common.</param>
/// <param name="Weight">Its matrix, if there is one.</param>
/// <param name="Bias">Its vector, if there is one.</param>
internal sealed record ImportedLayer(string Name, ImportedTensor? Weight, ImportedTensor? Bias);

/// <summary>Finds the dense layers in a list of tensors by their names.</summary>
internal static partial class WeightNames
{
    /// <summary>
    /// The layers, in natural order of their names. Where the file has our own names, what else it holds (an optimizer's moments, the
    /// scale) is left aside.
    /// </summary>
    public static (WeightConvention Convention, IReadOnlyList<ImportedLayer> Layers) Group(IReadOnlyList<ImportedTensor> tensors)
    {
        Match[] own = [.. tensors.Select(tensor => OwnPattern().Match(tensor.Name))];
        if (own.Any(match => match.Success))
        {
            return (WeightConvention.Own, GroupBy(tensors, own, isWeight: role => role == "W"));
        }

        Match[] positions = [.. tensors.Select(tensor => PositionPattern().Match(tensor.Name))];
        if (positions.Length > 0 && positions.All(match => match.Success))
        {
            return (WeightConvention.Positional, Pair([.. tensors.OrderBy(tensor => tensor.Name, NaturalOrder.Comparer)]));
        }

        Match[] roles = [.. tensors.Select(tensor => RolePattern().Match(tensor.Name))];
        bool isKeras = roles.Any(match => match.Groups["role"].Value == "kernel");
        WeightConvention convention = isKeras ? WeightConvention.Keras : WeightConvention.PyTorch;
        return (convention, GroupBy(tensors, roles, isWeight: role => role is "weight" or "kernel"));
    }

    private static IReadOnlyList<ImportedLayer> GroupBy(IReadOnlyList<ImportedTensor> tensors, Match[] matches, Func<string, bool> isWeight)
    {
        var layers = new Dictionary<string, ImportedLayer>(StringComparer.Ordinal);
        for (int i = 0; i < tensors.Count; i++)
        {
            if (!matches[i].Success)
            {
                continue;
            }

            string name = matches[i].Groups["layer"].Value;
            ImportedLayer layer = layers.GetValueOrDefault(name) ?? new ImportedLayer(name, null, null);
            bool isMatrix = isWeight(matches[i].Groups["role"].Value);
            layers[name] = isMatrix ? layer with { Weight = tensors[i] } : layer with { Bias = tensors[i] };
        }

        return [.. layers.Values.OrderBy(layer => layer.Name, NaturalOrder.Comparer)];
    }

    /// <summary>Matrix and vector take turns.</summary>
    private static IReadOnlyList<ImportedLayer> Pair(ImportedTensor[] tensors) =>
        [.. tensors.Chunk(2).Select((pair, index) => new ImportedLayer($"{index}", pair[0], pair.Length == 2 ? pair[1] : null))];

    [GeneratedRegex("^(?<role>[Wb])(?<layer>[0-9]+)$")]
    private static partial Regex OwnPattern();

    [GeneratedRegex("^arr_[0-9]+$")]
    private static partial Regex PositionPattern();

    /// <summary>A layer's name, a separator, and what the tensor is; Keras may end a name with ":0".</summary>
    [GeneratedRegex("^((?<layer>.*)[./_])?(?<role>weight|kernel|bias)(:0)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex RolePattern();
}
