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
        foreach (int columns in new[] { 0, 1, 10, 37, 128, 150 })
        {
            AssertTree(set, columns, [2, 3, 7, 7, 12]);
            for (int leaves = 1; leaves <= 17; leaves++)
            {
                AssertTree(set, columns, [.. Enumerable.Range(1, leaves).Select(leaf => leaf * 4)]);
            }
        }
    }

    [Fact]
    public void LeavesOutOfOrderAndShortMatricesAreRefused()
    {
        float[] x = new float[12], sums = new float[3];
        Assert.Throws<CheckException>(() => ColumnSums.Tree(InstructionSet.Scalar, [3, 2], x, 3, sums));
        Assert.Throws<CheckException>(() => ColumnSums.Tree(InstructionSet.Scalar, [], x, 3, sums));
        Assert.Throws<CheckException>(() => ColumnSums.Tree(InstructionSet.Scalar, [2, 5], x, 3, sums));
        Assert.Throws<CheckException>(() => ColumnSums.Run(InstructionSet.Scalar, 2, x, 2, sums, accumulate: false));
    }

    private static void AssertTree(InstructionSet set, int columns, int[] ends)
    {
        int ld = columns + (ends.Length % 3);
        float[] x = Samples.Uniform(ends[^1] * ld, -1f, 1f);
        float[][] level = new float[ends.Length][];
        for (int leaf = 0; leaf < ends.Length; leaf++)
        {
            int first = leaf == 0 ? 0 : ends[leaf - 1];
            level[leaf] = Chains(x.AsSpan(first * ld), ends[leaf] - first, columns, ld, new float[columns]);
        }

        // Pairs of neighbours, level by level; an odd one out goes up alone.
        while (level.Length > 1)
        {
            level = [.. level.Chunk(2).Select(pair => pair.Length == 1 ? pair[0] : [.. pair[0].Zip(pair[1], (left, right) => left + right)])];
        }

        var sums = new GuardedBuffer(columns);
        ColumnSums.Tree(set, ends, x, ld, sums.Span);
        Bits.AssertEqual(level[0], sums.Span);
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
