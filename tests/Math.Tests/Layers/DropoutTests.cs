using Distributed.Numerics.Kernels;
using Distributed.Numerics.Layers;

namespace Distributed.Numerics.Tests.Layers;

public sealed class DropoutTests
{
    private static readonly DropoutMask Mask = new(Seed: 77, Step: 5, Layer: 1, Probability: 0.3f);

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void EqualsScalarAtEveryWidthOfARow(InstructionSet set)
    {
        foreach (int units in Enumerable.Range(1, 256).Append(1024).Append(2500))
        {
            float[] x = Samples.Uniform(3 * units, -1f, 1f, units);
            float[] expected = new float[x.Length];
            Dropout.Apply(InstructionSet.Scalar, Mask, 11, units, x, expected);
            var actual = new GuardedBuffer(x);
            Dropout.Apply(set, Mask, 11, units, actual.Span, actual.Span);
            Bits.AssertEqual(expected, actual.Span);
            actual.AssertGuards();
        }
    }

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void DroppedUnitsArePositiveZeroWhateverTheyHeld(InstructionSet set)
    {
        foreach (float special in Samples.Special)
        {
            float[] y = new float[600];
            Dropout.Apply(set, Mask, 0, 600, Enumerable.Repeat(special, 600).ToArray(), y);
            float[] ones = Ones(set, Mask, position: 0, units: 600);
            for (int unit = 0; unit < 600; unit++)
            {
                Bits.AssertEqual([ones[unit] == 0f ? 0f : special * Dropout.KeptScale(0.3f)], [y[unit]]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void AMaskDependsOnThePositionNotOnTheBlock(InstructionSet set)
    {
        const int Units = 70;
        float[] together = new float[5 * Units];
        together.AsSpan().Fill(1f);
        Dropout.Apply(set, Mask, 20, Units, together, together);
        for (int row = 0; row < 5; row++)
        {
            Bits.AssertEqual(Ones(set, Mask, 20 + row, Units), together.AsSpan(row * Units, Units));
        }
    }

    [Fact]
    public void SeedStepLayerAndPositionEachChangeTheMask()
    {
        float[] mask = Ones(InstructionSet.Scalar, Mask, 3, 200);
        Assert.NotEqual(mask, Ones(InstructionSet.Scalar, Mask with { Seed = 78 }, 3, 200));
        Assert.NotEqual(mask, Ones(InstructionSet.Scalar, Mask with { Step = 6 }, 3, 200));
        Assert.NotEqual(mask, Ones(InstructionSet.Scalar, Mask with { Layer = 0 }, 3, 200));
        Assert.NotEqual(mask, Ones(InstructionSet.Scalar, Mask, 4, 200));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.9f)]
    public void DropsItsShareAndKeepsTheMean(float probability)
    {
        const int Units = 100_000;
        float[] y = Ones(InstructionSets.Best, Mask with { Probability = probability }, 0, Units);
        double dropped = (double)y.Count(value => value == 0f) / Units;
        Assert.Equal(probability, dropped, 0.006);
        Assert.All(y, value => Assert.True(value == 0f || value == 1f / (1f - probability)));
    }

    [Fact]
    public void NoDropoutKeepsEveryUnit() =>
        Assert.DoesNotContain(0f, Ones(InstructionSets.Best, Mask with { Probability = 0f }, 0, 100_000));

    private static float[] Ones(InstructionSet set, DropoutMask mask, int position, int units)
    {
        float[] y = new float[units];
        Array.Fill(y, 1f);
        Dropout.Apply(set, mask, position, units, y, y);
        return y;
    }
}
