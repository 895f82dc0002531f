using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Tests;

public sealed unsafe class AlignedFloatsTests
{
    [Fact]
    public void BeginsAtACacheLineAndHoldsZeros()
    {
        foreach (int count in new[] { 1, 7, 16, 1000, 101_770 })
        {
            Memory<float> memory = AlignedFloats.Allocate(count);
            Assert.Equal(count, memory.Length);
            Assert.Equal(0, (nint)Unsafe.AsPointer(ref memory.Span[0]) % 64);
            Assert.True(memory.Span.IndexOfAnyExcept(0f) < 0);
        }

        Assert.Equal(0, AlignedFloats.Allocate(0).Length);
    }
}
