using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Tests.Kernels;

/// <summary>Products with some rows of B, or into some rows of C, have the bits of the plain loops, at every width and in every loop nest.</summary>
public sealed class GemmPlacesTests
{
    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void SomeRowsOfB(InstructionSet set)
    {
        Gemm gemm = Gemm.Create(set);
        foreach (int columns in new[] { 1, 7, 16, 17, 32, 48, 128 })
        {
            for (int rows = 1; rows <= 40; rows += rows < 14 ? 1 : 5)
            {
                Forward(gemm, rows, columns, Places(3 * rows, every: 1 + (rows % 4)), relu: rows % 2 == 0);
            }
        }

        Forward(gemm, 70, 256, Places(1400, every: 2), relu: true);
        Forward(gemm, 40, 300, Places(1400, every: 2), relu: true);
    }

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void SomeRowsOfC(InstructionSet set)
    {
        Gemm gemm = Gemm.Create(set);
        int[][] leaves = [[9], [4, 8, 12, 16, 20, 24, 28, 32], [2, 2, 7, 9, 20], [3, 6, 9], [30, 60, 90]];
        foreach (int columns in new[] { 1, 7, 16, 17, 32, 48, 128 })
        {
            foreach (int[] ends in leaves)
            {
                for (int count = 1; count <= 30; count += count < 10 ? 1 : 4)
                {
                    Gradient(gemm, columns, Places(3 * count, every: 1 + (count % 4)), ends);
                }
            }
        }

        Gradient(gemm, 256, Places(300, every: 2), [200, 400, 600, 800]);
        Gradient(gemm, 256, Places(300, every: 2), [600, 1200, 1800]);
    }

    [Fact]
    public void PlacesThatDoNotAscendOrLieOutsideAreRefused()
    {
        Gemm gemm = Gemm.Create(InstructionSet.Scalar);
        float[] three = new float[3], four = new float[4];
        Assert.Throws<CheckException>(() => gemm.MultiplyNNFrom(1, 2, [1, 1], three, four, four, 2, default));
        Assert.Throws<CheckException>(() => gemm.MultiplyNNFrom(1, 2, [0, 2], three, four, four, 2, default));
        Assert.Throws<CheckException>(() => gemm.MultiplyNNFrom(1, 2, [-1, 0], three, four, four, 2, default));
        Assert.Throws<CheckException>(() => gemm.MultiplyNNFrom(2, 2, [0, 1], three, four, four, 2, default));
        Assert.Throws<CheckException>(() => gemm.MultiplyNNFrom(1, 2, [], three, four, four, 2, default));
        Assert.Throws<CheckException>(() => gemm.MultiplyTNTreeInto(2, [0, 2], [1], three, four, 2, four));
        Assert.Throws<CheckException>(() => gemm.MultiplyTNTreeInto(2, [0, 1], [2], three, four, 2, four));
    }

    private static void Forward(Gemm gemm, int rows, int columns, int[] places, bool relu)
    {
        float[] A = Numbers(rows * places.Length, 1), B = Numbers((places[^1] + 1) * columns, 2), bias = Numbers(columns, 3);
        float[] some = [.. places.SelectMany(place => B[(place * columns)..((place + 1) * columns)])];
        float[] expected = new float[rows * columns];
        GemmEpilogue epilogue = relu ? GemmEpilogue.BiasRelu(bias) : GemmEpilogue.Bias(bias);
        GemmReference.MultiplyNN(rows, columns, places.Length, A, places.Length, some, columns, expected, columns, accumulate: false, epilogue);
        var actual = new GuardedBuffer(expected.Length);
        gemm.MultiplyNNFrom(rows, columns, places, A, B, actual.Span, columns, epilogue);
        actual.AssertGuards();
        Bits.AssertEqual(expected, actual.Span);
    }

    private static void Gradient(Gemm gemm, int columns, int[] places, int[] ends)
    {
        float[] A = Numbers(ends[^1] * places.Length, 4), B = Numbers(ends[^1] * columns, 5);
        float[] dense = new float[places.Length * columns];
        GemmReference.MultiplyTNTree(places.Length, columns, ends, A, places.Length, B, columns, dense, columns);
        var actual = new GuardedBuffer(Numbers((places[^1] + 2) * columns, 6));
        float[] expected = actual.Span.ToArray();
        for (int i = 0; i < places.Length; i++)
        {
            dense.AsSpan(i * columns, columns).CopyTo(expected.AsSpan(places[i] * columns));
        }

        gemm.MultiplyTNTreeInto(columns, places, ends, A, B, columns, actual.Span);
        actual.AssertGuards();
        Bits.AssertEqual(expected, actual.Span);
    }

    /// <summary>Most of 0 … <paramref name="below"/>-1, without every so many.</summary>
    private static int[] Places(int below, int every) => [.. Enumerable.Range(0, below).Where(place => place % (every + 1) != 0 || place == 0)];

    private static float[] Numbers(int count, int stream) => Samples.Uniform(count, -3f, 3f, stream);
}
