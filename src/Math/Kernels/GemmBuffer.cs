using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <summary>Scratch memory of one <see cref="Gemm"/>: pinned, aligned to a cache line, grows and never shrinks.</summary>
internal sealed unsafe class GemmBuffer
{
    private const int AlignmentBytes = 64;
    private float[] _memory = [];

    /// <summary>Room for <paramref name="floats"/> floats; what it held before is undefined.</summary>
    public float* Reserve(long floats)
    {
        long needed = floats + (AlignmentBytes / sizeof(float));
        if (_memory.Length < needed)
        {
            _memory = GC.AllocateUninitializedArray<float>(checked((int)needed), pinned: true);
        }

        nuint address = (nuint)Unsafe.AsPointer(ref _memory[0]);
        return (float*)((address + AlignmentBytes - 1) & ~(nuint)(AlignmentBytes - 1));
    }
}
