using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Tests.Kernels;

/// <summary>Every kernel equals the plain loops bit for bit, at every width this machine has.</summary>
public sealed class GemmBitsTests
{
    public static TheoryData<InstructionSet> Sets => [.. Enum.GetValues<InstructionSet>()];

    public static TheoryData<InstructionSet, GemmOperation> SetsAndOperations => Pairs(Enum.GetValues<GemmOperation>());

    public static TheoryData<InstructionSet, GemmOperation> SetsAndProducts => Pairs(GemmOperation.NN, GemmOperation.NT, GemmOperation.TN);

    [Theory]
    [MemberData(nameof(SetsAndOperations))]
    public void EveryRemainderOfRowsAndColumns(InstructionSet set, GemmOperation operation)
    {
        Gemm gemm = Create(set);
        for (int M = 0; M <= 27; M++)
        {
            for (int N = 0; N <= 70; N += N < 36 ? 1 : 3)
            {
                new GemmCase(operation, M, N, K: (M + N) % 7, gap: N % 3).AssertBits(gemm);
            }
        }
    }

    [Theory]
    [MemberData(nameof(SetsAndOperations))]
    public void EveryLengthOfTheSummedIndex(InstructionSet set, GemmOperation operation)
    {
        Gemm gemm = Create(set);
        for (int K = 0; K <= 70; K++)
        {
            new GemmCase(operation, 13, 37, K, gap: K % 2).AssertBits(gemm);
            new GemmCase(operation, 35, 10, K, accumulate: operation != GemmOperation.Tree).AssertBits(gemm);
        }
    }

    [Theory]
    [MemberData(nameof(SetsAndOperations))]
    public void ShapesOfTheRecipes(InstructionSet set, GemmOperation operation)
    {
        Gemm gemm = Create(set);
        (int M, int N, int K)[] shapes = operation switch
        {
            GemmOperation.NN => [(32, 128, 784), (32, 10, 128), (64, 64, 128), (256, 10, 784), (50, 128, 784), (1, 10, 784)],
            GemmOperation.NT => [(32, 128, 10), (64, 128, 64), (100, 10, 10), (4, 128, 10)],
            _ => [(784, 128, 32), (128, 10, 32), (784, 10, 256), (128, 64, 64), (10, 10, 1000)],
        };
        foreach ((int M, int N, int K) in shapes)
        {
            new GemmCase(operation, M, N, K, ends: Leaves(operation, K, 8)).AssertBits(gemm);
        }
    }

    [Theory]
    [MemberData(nameof(SetsAndOperations))]
    public void ShapesBeyondOneBlock(InstructionSet set, GemmOperation operation)
    {
        Gemm gemm = Create(set);
        (int M, int N, int K)[] shapes = 
        [
            (150, 70, 1100), (61, 530, 530), (530, 61, 600), (200, 10, 1500), (3, 600, 900),
            (67, 341, 530), (130, 200, 1700), (100, 171, 1000), (205, 230, 730),
        ];
        foreach ((int M, int N, int K) in shapes)
        {
            new GemmCase(operation, M, N, K, ends: Leaves(operation, K, 5), gap: 3).AssertBits(gemm);
            new GemmCase(operation, M, N, K, accumulate: operation != GemmOperation.Tree).AssertBits(gemm);
        }
    }

    [Theory]
    [MemberData(nameof(SetsAndProducts))]
    public void EpiloguesAndAccumulation(InstructionSet set, GemmOperation operation)
    {
        Gemm gemm = Create(set);
        foreach ((int M, int N) in new[] { (32, 128), (13, 40), (40, 10), (12, 1), (1, 33), (7, 17), (25, 64) })
        {
            foreach (GemmFinish finish in Enum.GetValues<GemmFinish>())
            {
                foreach (bool accumulate in new[] { false, true })
                {
                    new GemmCase(operation, M, N, 0, accumulate, finish, gap: 1, special: true).AssertBits(gemm);
                    new GemmCase(operation, M, N, 9, accumulate, finish, special: true).AssertBits(gemm);
                    new GemmCase(operation, M, N, 520, accumulate, finish, gap: 5).AssertBits(gemm);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(SetsAndOperations))]
    public void NanInfinityAndNegativeZero(InstructionSet set, GemmOperation operation)
    {
        Gemm gemm = Create(set);
        for (int size = 1; size <= 40; size++)
        {
            new GemmCase(operation, size, 41 - size, 5, special: true, ends: Leaves(operation, 5, 3)).AssertBits(gemm);
            new GemmCase(operation, size, 10, 33, special: true, ends: Leaves(operation, 33, 8)).AssertBits(gemm);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void TreeOfEveryNumberOfLeaves(InstructionSet set)
    {
        Gemm gemm = Create(set);
        for (int leaves = 1; leaves <= 33; leaves++)
        {
            foreach ((int M, int N) in new[] { (17, 40), (40, 10), (5, 3) })
            {
                new GemmCase(GemmOperation.Tree, M, N, 37, ends: Leaves(GemmOperation.Tree, 37, leaves)).AssertBits(gemm);
                int[] fours = Leaves(GemmOperation.Tree, leaves * 4, leaves);
                new GemmCase(GemmOperation.Tree, M, N, leaves * 4, ends: fours, gap: 2).AssertBits(gemm);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void TreeWithEmptyAndUnevenLeaves(InstructionSet set)
    {
        Gemm gemm = Create(set);
        foreach (int[] ends in new int[][] { [0], [0, 0, 3], [5, 5, 5, 6], [1, 40, 41], [300, 301, 900, 901, 902] })
        {
            new GemmCase(GemmOperation.Tree, 30, 33, ends[^1], ends: ends).AssertBits(gemm);
            new GemmCase(GemmOperation.Tree, 33, 10, ends[^1], ends: ends).AssertBits(gemm);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void AllocatesNothingAfterTheFirstCall(InstructionSet set)
    {
        Gemm gemm = Create(set);
        GemmCase[] cases =
        [
            new(GemmOperation.NN, 32, 128, 784, finish: GemmFinish.BiasRelu),
            new(GemmOperation.NT, 32, 128, 10, finish: GemmFinish.ReluGradient),
            new(GemmOperation.NN, 256, 10, 784), new(GemmOperation.Tree, 784, 128, 32, ends: [4, 8, 12, 16, 20, 24, 28, 32]),
        ];
        GemmGuardedMatrix[] results = [.. cases.Select(c => c.Result())];
        long Allocated()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < cases.Length; i++)
            {
                cases[i].Compute(gemm, results[i]);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated();
        Assert.Equal(0, Allocated());
    }

    private static TheoryData<InstructionSet, GemmOperation> Pairs(params GemmOperation[] operations) =>
        new(Enum.GetValues<InstructionSet>().SelectMany(set => operations.Select(operation => (set, operation))));

    private static Gemm Create(InstructionSet set)
    {
        Assert.SkipUnless(InstructionSets.IsSupported(set), $"This machine or runtime has no {set} with a fused multiply-add.");
        Gemm gemm = Gemm.Create(set);
        Assert.Equal(set, gemm.InstructionSet);
        return gemm;
    }

    /// <summary>K cut as evenly as possible for a tree; one leaf for a flat product.</summary>
    private static int[] Leaves(GemmOperation operation, int K, int leaves) =>
        operation == GemmOperation.Tree ? [.. Enumerable.Range(1, leaves).Select(i => i * K / leaves)] : [K];
}
