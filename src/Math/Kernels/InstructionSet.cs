namespace Distributed.Numerics.Kernels;

/// <summary>The SIMD width of a set of kernels. Every width gives the same bits.</summary>
public enum InstructionSet
{
    /// <summary>One float at a time, with a fused multiply-add.</summary>
    Scalar,

    /// <summary>128 bits (SSE with FMA, NEON).</summary>
    Vector128,

    /// <summary>256 bits (AVX2 with FMA).</summary>
    Vector256,

    /// <summary>512 bits (AVX-512).</summary>
    Vector512,
}
