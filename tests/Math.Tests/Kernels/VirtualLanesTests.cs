using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Tests.Kernels;

/// <summary>
/// Reductions along lanes against their definition: 16 virtual lanes, then the tree (l, l+8), (l, l+4), (l, l+2), (l, l+1).
/// </summary>
public sealed class VirtualLanesTests
{
    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void SumEqualsItsDefinitionForEveryNumberOfBlocks(InstructionSet set)
    {
        for (int length = VirtualLanes.Count; length <= 256; length += VirtualLanes.Count)
        {
            AssertSum(set, Samples.Uniform(length, -1f, 1f, length));
        }
    }

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void SumEqualsItsDefinitionWithSpecialValuesAtEachPosition(InstructionSet set)
    {
        foreach (float special in Samples.Special)
        {
            for (int position = 0; position < 48; position++)
            {
                float[] x = Samples.Uniform(48, -1f, 1f);
                x[position] = special;
                AssertSum(set, x);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths.Supported), MemberType = typeof(Widths))]
    public void MaximumOfWholeBlocks(InstructionSet set)
    {
        for (int length = VirtualLanes.Count; length <= 256; length += VirtualLanes.Count)
        {
            for (int position = 0; position < length; position++)
            {
                float[] x = Samples.Uniform(length, -1f, 1f, length);
                x[position] = 1.5f;
                x[(position + 1) % length] = float.NaN;
                Assert.Equal(1.5f, RowReduction.Max(set, x));
            }
        }
    }

    private static void AssertSum(InstructionSet set, float[] x)
    {
        float[] lanes = new float[16];
        for (int i = 0; i < x.Length; i++)
        {
            lanes[i % 16] += x[i];
        }

        foreach (int half in new[] { 8, 4, 2, 1 })
        {
            for (int lane = 0; lane < half; lane++)
            {
                lanes[lane] += lanes[lane + half];
            }
        }

        Bits.AssertEqual([lanes[0]], [RowReduction.Sum(set, x)]);
    }
}
