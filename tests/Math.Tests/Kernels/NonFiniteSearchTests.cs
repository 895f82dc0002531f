using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Tests.Kernels;

public sealed class NonFiniteSearchTests
{
    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void FindsTheFirstAtEveryPositionOfEveryLength(InstructionSet set)
    {
        for (int length = 0; length <= 256; length++)
        {
            float[] values = Samples.Uniform(length, float.MinValue / 2, float.MaxValue / 2, length);
            Assert.Equal(-1, VectorOperations.FirstNonFinite(set, values));
            for (int position = length - 1; position >= 0; position--)
            {
                values[position] = (position % 3) switch { 0 => float.NaN, 1 => float.PositiveInfinity, _ => float.NegativeInfinity };
                Assert.Equal(position, VectorOperations.FirstNonFinite(set, values));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void ZerosSubnormalsAndTheLargestAreFinite(InstructionSet set) =>
        Assert.Equal(-1, VectorOperations.FirstNonFinite(set, Samples.Special.Where(float.IsFinite).ToArray()));
}
