using System.Runtime.CompilerServices;

namespace Distributed.Numerics;

/// <summary>
/// Memory for parameters and gradients that begins at a cache line: a register of 64 bytes that lies across two lines is read and written
/// at half the speed. The collector leaves it where it is.
/// </summary>
public static unsafe class AlignedFloats
{
    private const int LineFloats = 16;

    /// <summary><paramref name="count"/> zeros.</summary>
    public static Memory<float> Allocate(int count)
    {
        Check.That(count >= 0);
        float[] memory = GC.AllocateArray<float>(checked(count + LineFloats - 1), pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref memory[0]);
        int skip = (int)(-(address / sizeof(float)) & (LineFloats - 1));
        return memory.AsMemory(skip, count);
    }
}
