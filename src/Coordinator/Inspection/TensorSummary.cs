using System.Runtime.InteropServices;
using Distributed.Coordinator.Checkpoints;
using Distributed.Protocol;

namespace Distributed.Coordinator.Inspection;

/// <summary>One tensor of a safetensors file, summed up.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dtype">The element type by the format's name.</param>
/// <param name="Shape">Its dimensions; none for a scalar.</param>
/// <param name="Digest">SHA-256 of its bytes as they stand in the file.</param>
/// <param name="Statistics">Of its values; null for a type whose values are not read.</param>
public sealed record TensorSummary(string Name, string Dtype, IReadOnlyList<long> Shape, Digest Digest, TensorStatistics? Statistics)
{
    /// <summary>The summary of <paramref name="entry"/>, a tensor of <paramref name="file"/>.</summary>
    public static TensorSummary Of(SafetensorsFile file, SafetensorsEntry entry)
    {
        ReadOnlySpan<byte> bytes = file.Bytes(entry.Name);
        return new TensorSummary(entry.Name, entry.Dtype, entry.Shape, Digest.Of(bytes), StatisticsOf(entry.Dtype, bytes));
    }

    private static TensorStatistics? StatisticsOf(string dtype, ReadOnlySpan<byte> bytes) => dtype switch
    {
        "F64" => TensorStatistics.Of(MemoryMarshal.Cast<byte, double>(bytes), value => value),
        "F32" => TensorStatistics.Of(MemoryMarshal.Cast<byte, float>(bytes), value => value),
        "F16" => TensorStatistics.Of(MemoryMarshal.Cast<byte, Half>(bytes), value => (double)value),
        "BF16" => TensorStatistics.Of(MemoryMarshal.Cast<byte, ushort>(bytes), bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)),
        "I64" => TensorStatistics.Of(MemoryMarshal.Cast<byte, long>(bytes), value => value),
        "U64" => TensorStatistics.Of(MemoryMarshal.Cast<byte, ulong>(bytes), value => value),
        "I32" => TensorStatistics.Of(MemoryMarshal.Cast<byte, int>(bytes), value => value),
        "U32" => TensorStatistics.Of(MemoryMarshal.Cast<byte, uint>(bytes), value => value),
        "I16" => TensorStatistics.Of(MemoryMarshal.Cast<byte, short>(bytes), value => value),
        "U16" => TensorStatistics.Of(MemoryMarshal.Cast<byte, ushort>(bytes), value => value),
        "I8" => TensorStatistics.Of(MemoryMarshal.Cast<byte, sbyte>(bytes), value => value),
        "U8" or "BOOL" => TensorStatistics.Of(bytes, value => value),
        _ => null,
    };
}
