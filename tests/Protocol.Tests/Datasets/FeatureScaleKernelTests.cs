using Distributed.Numerics;
using Distributed.Numerics.Kernels;
using Distributed.Protocol.Datasets;

namespace Distributed.Protocol.Tests.Datasets;

public sealed class FeatureScaleKernelTests
{
    private const float Guard = 12345.678f;
    private static readonly float?[] Special =
        [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, 0f, float.Epsilon, float.MaxValue, float.MinValue];

    private static readonly FeatureScale Scale = new(33.31842f, 0.012727911f);

    public static TheoryData<InstructionSet> Sets => [.. Enum.GetValues<InstructionSet>()];

    [Theory]
    [MemberData(nameof(Sets))]
    public void BytesHaveTheBitsOfThePlainLoopAtEveryLength(InstructionSet set)
    {
        SkipUnlessSupported(set);
        for (int length = 0; length <= 256; length++)
        {
            byte[] x = [.. Enumerable.Range(0, length).Select(i => (byte)((i * 167) + length))];
            float[] y = Enumerable.Repeat(Guard, length + 2).ToArray();
            FeatureScaleKernel.Apply(set, Scale, x, y.AsSpan(1, length));
            AssertBits([Guard, .. x.Select(value => Plain(value)), Guard], y, length);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void FloatsHaveTheBitsOfThePlainLoopAtEveryLength(InstructionSet set)
    {
        SkipUnlessSupported(set);
        for (int length = 0; length <= 256; length++)
        {
            float Value(int i) => Special.ElementAtOrDefault((i + length) % 11) ?? ((i * 1.37f) - length);
            float[] x = [.. Enumerable.Range(0, length).Select(Value)];
            float[] y = Enumerable.Repeat(Guard, length + 2).ToArray();
            FeatureScaleKernel.Apply(set, Scale, x, y.AsSpan(1, length));
            AssertBits([Guard, .. x.Select(Plain), Guard], y, length);
        }
    }

    [Fact]
    public void EveryByteHasItsBits()
    {
        byte[] x = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        float[] y = new float[256];
        FeatureScaleKernel.Apply(FeatureScaleKernel.Widest, new FeatureScale(0f, 1f / 255f), x, y);
        AssertBits([.. x.Select(value => value * (1f / 255f))], y, 256);
    }

    [Fact]
    public void LengthsMustAgreeAndMemoryMayNotOverlap()
    {
        float[] values = new float[40];
        Assert.Throws<CheckException>(() => FeatureScaleKernel.Apply(InstructionSet.Scalar, Scale, new byte[3], new float[4]));
        Assert.Throws<CheckException>(
            () => FeatureScaleKernel.Apply(InstructionSet.Scalar, Scale, values.AsSpan(0, 20), values.AsSpan(10, 20)));
    }

    private static float Plain(byte x) => (x - Scale.Offset) * Scale.Factor;

    private static float Plain(float x) => (x - Scale.Offset) * Scale.Factor;

    private static void AssertBits(float[] expected, float[] actual, int length)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            // The payload of a NaN is the processor's choice; that it is one is not.
            bool same = BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i]);
            bool bothNaN = float.IsNaN(expected[i]) && float.IsNaN(actual[i]);
            Assert.True(same || bothNaN, $"length {length}, element {i}: {expected[i]:R} and {actual[i]:R}");
        }
    }

    private static void SkipUnlessSupported(InstructionSet set)
    {
        if (set > FeatureScaleKernel.Widest)
        {
            Assert.Skip($"this machine runs no {set}");
        }
    }
}
