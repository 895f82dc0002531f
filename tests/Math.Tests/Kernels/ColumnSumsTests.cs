using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Tests.Kernels;

public sealed class ColumnSumsTests
{
    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void EachColumnIsOneChain(InstructionSet set)
    {
        for (int columns = 0; columns <= 256; columns += columns < 40 ? 1 : 9)
        {
            for (int rows = 0; rows <= 5; rows++)
            {
                AssertChains(set, rows, columns, ld: columns + (rows % 3), accumulate: false);
                AssertChains(set, rows, columns, ld: columns + (rows % 3), accumulate: true);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void TreeAddsTheChainsOfItsLeaves(InstructionSet set)
    {
        const int Columns = 37;
        int[] ends = [2, 3, 7, 7, 12];
        float[] x = Samples.Uniform(ends[^1] * Columns, -1f, 1f);
        float[][] leaves = new float[ends.Length][];
        for (int leaf = 0; leaf < ends.Length; leaf++)
        {
            int first = leaf == 0 ? 0 : ends[leaf - 1];
            leaves[leaf] = Chains(x.AsSpan(first * Columns), ends[leaf] - first, Columns, Columns, new float[Columns]);
        }

        float[] expected = new float[Columns];
        for (int i = 0; i < Columns; i++)
        {
            expected[i] = ((leaves[0][i] + leaves[1][i]) + (leaves[2][i] + leaves[3][i])) + leaves[4][i];
        }

        var sums = new GuardedBuffer(Columns);
        ColumnSums.Tree(set, ends, x, Columns, sums.Span);
        Bits.AssertEqual(expected, sums.Span);
        sums.AssertGuards();
    }

    private static void AssertChains(InstructionSet set, int rows, int columns, int ld, bool accumulate)
    {
        float[] x = Samples.Uniform(rows * ld, -1f, 1f, columns);
        float[] before = Samples.Uniform(columns, -1f, 1f, 5);
        var sums = new GuardedBuffer(before);
        ColumnSums.Run(set, rows, x, ld, sums.Span, accumulate);
        Bits.AssertEqual(Chains(x, rows, columns, ld, accumulate ? before : new float[columns]), sums.Span);
        sums.AssertGuards();
    }

    private static float[] Chains(ReadOnlySpan<float> x, int rows, int columns, int ld, float[] start)
    {
        float[] sums = [.. start];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                sums[column] += x[(row * ld) + column];
            }
        }

        return sums;
    }
}
