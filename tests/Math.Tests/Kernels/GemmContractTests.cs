using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Tests.Kernels;

/// <summary>What a product refuses, and which widths exist.</summary>
public sealed class GemmContractTests
{
    [Fact]
    public void ScalarIsAlwaysSupportedAndBestIsTheWidestSupported()
    {
        Assert.Equal(InstructionSet.Scalar, InstructionSets.Supported[0]);
        Assert.Equal(InstructionSets.Supported.Max(), InstructionSets.Best);
        Assert.All(InstructionSets.Supported, set => Assert.True(InstructionSets.IsSupported(set)));
    }

    [Fact]
    public void ShortOperandsAreRefusedBeforeAnythingIsRead()
    {
        Gemm gemm = Gemm.Create(InstructionSets.Best);
        float[] six = new float[6];
        Assert.Throws<CheckException>(() => gemm.MultiplyNN(2, 3, 4, six, 4, new float[12], 3, six, 3, false));
        Assert.Throws<CheckException>(() => gemm.MultiplyNN(2, 3, 2, six, 2, new float[5], 3, six, 3, false));
        Assert.Throws<CheckException>(() => gemm.MultiplyNT(2, 3, 2, six, 2, six, 1, six, 3, false));
        Assert.Throws<CheckException>(() => gemm.MultiplyTN(2, 3, 2, six, 2, six, 3, new float[5], 3, false));
        Assert.Throws<CheckException>(() => gemm.MultiplyNN(2, 3, 2, six, 2, six, 3, six, 3, false, GemmEpilogue.Bias(new float[2])));
        Assert.Throws<CheckException>(() => gemm.MultiplyTNTree(2, 3, [2, 1], six, 2, six, 3, six, 3));
        Assert.Throws<CheckException>(() => gemm.MultiplyTNTree(2, 3, [], six, 2, six, 3, six, 3));
    }

    [Fact]
    public void ReluKeepsNanAndTurnsNegativeZeroIntoZero()
    {
        float[] C = new float[4];
        GemmReference.MultiplyNN(1, 4, 0, [], 0, [], 4, C, 4, false, GemmEpilogue.BiasRelu([float.NaN, -0f, -1f, 2f]));
        Assert.True(float.IsNaN(C[0]));
        Assert.Equal([0, 0, BitConverter.SingleToInt32Bits(2f)], C[1..].Select(BitConverter.SingleToInt32Bits));
    }
}
