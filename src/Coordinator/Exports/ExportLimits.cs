using Distributed.Coordinator.Checkpoints;
using Distributed.Protocol;

namespace Distributed.Coordinator.Exports;

/// <summary>How large a network the formats can hold. Only safetensors has no limit that matters.</summary>
internal static class ExportLimits
{
    /// <summary>
    /// A protobuf message, and an archive built in memory, end at 2 GiB. What surrounds the weights needs far less than this margin.
    /// </summary>
    public const long WeightBytesMax = int.MaxValue - (1 << 24);

    /// <summary>InputException: <paramref name="model"/> does not fit.</summary>
    public static void RequireRoom(TrainedModel model, string format)
    {
        long bytes = sizeof(float) * (long)model.Weights.Length;
        if (bytes > WeightBytesMax)
        {
            throw new InputException(
                $"The weights take {bytes} bytes, and {format} files are written up to {WeightBytesMax}; export to safetensors instead.");
        }
    }
}
