using System.Runtime.InteropServices;
using Distributed.Numerics.Models;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;

namespace Distributed.Simulation.Network;

/// <summary>A tensor on the wire, with what its sender says of it and the checksum of its bytes.</summary>
internal sealed record TensorMessage(float[] Values, ulong Checksum)
{
    internal static TensorMessage Of(ReadOnlySpan<float> values) => new(values.ToArray(), ChecksumOf(values));

    internal bool IsIntact => ChecksumOf(Values) == Checksum;

    /// <summary>The same message with one bit flipped on its way.</summary>
    internal TensorMessage WithFlippedBit(int bit) => this with { Values = Flip(Values, bit) };

    /// <summary>A copy with one bit flipped; never into NaN or infinity, which everybody would notice.</summary>
    internal static float[] Flip(ReadOnlySpan<float> values, int bit)
    {
        float[] copy = values.ToArray();
        Span<int> bits = MemoryMarshal.Cast<float, int>(copy.AsSpan());
        bits[bit / 23 % bits.Length] ^= 1 << (bit % 23);
        return copy;
    }

    private static ulong ChecksumOf(ReadOnlySpan<float> values)
    {
        ulong sum = 0xcbf29ce484222325;
        foreach (int bits in MemoryMarshal.Cast<float, int>(values))
        {
            sum = (sum ^ (uint)bits) * 0x100000001b3;
        }

        return sum;
    }
}

/// <summary>A partial on the wire.</summary>
/// <param name="IsWrong">Known to the simulation alone: its sender computed wrongly.</param>
internal sealed record PartialMessage(
    WorkerId Worker,
    Incarnation Life,
    StepNumber Step,
    MicrobatchRange Node,
    PartialStatistics Statistics,
    TensorMessage Gradient,
    bool IsWrong);
