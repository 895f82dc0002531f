using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Distributed.Numerics.Kernels;

/// <summary>
/// Σ x² in double. A float's square is exact in double, so that only the additions round, and their order is that of <see cref="VirtualLanes"/>:
/// element i belongs to lane i mod 16, a lane takes its elements in index order from +0, and the lanes meet in the tree
/// (l, l+8), (l, l+4), (l, l+2), (l, l+1).
/// </summary>
internal static class SquaredNorm
{
    /// <summary>The sum over <paramref name="values"/>.</summary>
    public static double Of(InstructionSet set, ReadOnlySpan<float> values)
    {
        Span<double> lanes = stackalloc double[VirtualLanes.Count];
        lanes.Clear();
        int done = set switch
        {
            InstructionSet.Vector512 => Blocks512(values, lanes),
            InstructionSet.Vector256 => Blocks256(values, lanes),
            InstructionSet.Vector128 => Blocks128(values, lanes),
            _ => 0,
        };
        for (int i = done; i < values.Length; i++)
        {
            lanes[i % VirtualLanes.Count] += (double)values[i] * values[i];
        }

        for (int half = VirtualLanes.Count / 2; half >= 1; half /= 2)
        {
            for (int lane = 0; lane < half; lane++)
            {
                lanes[lane] += lanes[lane + half];
            }
        }

        return lanes[0];
    }

    /// <summary>The whole blocks of 16, two registers of eight lanes; returns how many elements they have.</summary>
    private static int Blocks512(ReadOnlySpan<float> values, Span<double> lanes)
    {
        ReadOnlySpan<Vector512<float>> blocks = MemoryMarshal.Cast<float, Vector512<float>>(values);
        Vector512<double> low = default;
        Vector512<double> high = default;
        foreach (Vector512<float> block in blocks)
        {
            (Vector512<double> a, Vector512<double> b) = Vector512.Widen(block);
            low += a * a;
            high += b * b;
        }

        low.CopyTo(lanes);
        high.CopyTo(lanes[8..]);
        return blocks.Length * VirtualLanes.Count;
    }

    /// <summary>The whole blocks of 16, four registers of four lanes; returns how many elements they have.</summary>
    private static int Blocks256(ReadOnlySpan<float> values, Span<double> lanes)
    {
        ReadOnlySpan<Vector256<float>> halves = MemoryMarshal.Cast<float, Vector256<float>>(values);
        Vector256<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        int blocks = halves.Length / 2;
        for (int block = 0; block < blocks; block++)
        {
            (Vector256<double> a, Vector256<double> b) = Vector256.Widen(halves[2 * block]);
            (Vector256<double> c, Vector256<double> d) = Vector256.Widen(halves[(2 * block) + 1]);
            sum0 += a * a;
            sum1 += b * b;
            sum2 += c * c;
            sum3 += d * d;
        }

        sum0.CopyTo(lanes);
        sum1.CopyTo(lanes[4..]);
        sum2.CopyTo(lanes[8..]);
        sum3.CopyTo(lanes[12..]);
        return blocks * VirtualLanes.Count;
    }

    /// <summary>The whole blocks of 16, each register of two lanes by itself; returns how many elements they have.</summary>
    private static int Blocks128(ReadOnlySpan<float> values, Span<double> lanes)
    {
        int end = values.Length / VirtualLanes.Count * VirtualLanes.Count;
        for (int quarter = 0; quarter < VirtualLanes.Count; quarter += 4)
        {
            Vector128<double> low = default;
            Vector128<double> high = default;
            for (int i = quarter; i < end; i += VirtualLanes.Count)
            {
                (Vector128<double> a, Vector128<double> b) = Vector128.Widen(Vector128.Create(values.Slice(i, 4)));
                low += a * a;
                high += b * b;
            }

            low.CopyTo(lanes[quarter..]);
            high.CopyTo(lanes[(quarter + 2)..]);
        }

        return end;
    }
}
