using System.Globalization;
using Distributed.Numerics.Models;

namespace Distributed.Coordinator.Checkpoints;

/// <summary>How values stand in the metadata of a safetensors file: text that reads back to the same bits.</summary>
internal static class MetadataText
{
    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The shortest decimal that reads back to the same double.</summary>
    public static string Of(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The shortest decimal that reads back to the same float.</summary>
    public static string Of(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Of(IEnumerable<int> values) => string.Join(',', values.Select(value => Of(value)));

    public static string Of(Activation activation) => activation switch
    {
        Activation.Relu => "relu",
        Activation.Sigmoid => "sigmoid",
        Activation.Tanh => "tanh",
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "An activation without a name in files."),
    };
}
