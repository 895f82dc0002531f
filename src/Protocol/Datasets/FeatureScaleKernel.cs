using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Distributed.Numerics;
using Distributed.Numerics.Kernels;

namespace Distributed.Protocol.Datasets;

/// <summary>
/// Raw features to network inputs: y = (x - offset) · factor, one rounding after the subtraction and one after the product, never fused.
/// Elements are independent, so every width gives the same bits. A rest shorter than a block is done by a last block that ends
/// at the last element and writes some results a second time.
/// </summary>
public static class FeatureScaleKernel
{
    /// <summary>The widest set this machine runs.</summary>
    public static InstructionSet Widest { get; } =
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? InstructionSet.Vector512
        : Vector256.IsHardwareAccelerated && Avx2.IsSupported ? InstructionSet.Vector256
        : Vector128.IsHardwareAccelerated ? InstructionSet.Vector128
        : InstructionSet.Scalar;

    /// <summary>Scales <paramref name="x"/> into <paramref name="y"/>.</summary>
    /// <param name="set">No wider than <see cref="Widest"/>.</param>
    /// <param name="scale">Offset and factor.</param>
    /// <param name="x">n bytes.</param>
    /// <param name="y">n floats.</param>
    public static void Apply(InstructionSet set, FeatureScale scale, ReadOnlySpan<byte> x, Span<float> y)
    {
        Check.That(set <= Widest);
        Check.That(x.Length == y.Length);
        switch (set)
        {
            case InstructionSet.Vector512:
                InBlocks<byte, BytesBy512>(scale, x, y);
                break;
            case InstructionSet.Vector256:
                InBlocks<byte, BytesBy256>(scale, x, y);
                break;
            case InstructionSet.Vector128:
                InBlocks<byte, BytesBy128>(scale, x, y);
                break;
            default:
                ApplyReference(scale, x, y);
                break;
        }
    }

    /// <summary>Scales <paramref name="x"/> into <paramref name="y"/>, which may not overlap.</summary>
    /// <param name="set">No wider than <see cref="Widest"/>.</param>
    /// <param name="scale">Offset and factor.</param>
    /// <param name="x">n floats.</param>
    /// <param name="y">n floats.</param>
    public static void Apply(InstructionSet set, FeatureScale scale, ReadOnlySpan<float> x, Span<float> y)
    {
        Check.That(set <= Widest);
        Check.That(x.Length == y.Length);
        Check.That(!MemoryExtensions.Overlaps(x, y));
        switch (set)
        {
            case InstructionSet.Vector512:
                InBlocks<float, FloatsBy512>(scale, x, y);
                break;
            case InstructionSet.Vector256:
                InBlocks<float, FloatsBy256>(scale, x, y);
                break;
            case InstructionSet.Vector128:
                InBlocks<float, FloatsBy128>(scale, x, y);
                break;
            default:
                ApplyReference(scale, x, y);
                break;
        }
    }

    /// <summary>The loop that defines the bits.</summary>
    private static void ApplyReference(FeatureScale scale, ReadOnlySpan<byte> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = (x[i] - scale.Offset) * scale.Factor;
        }
    }

    /// <inheritdoc cref="ApplyReference(FeatureScale, ReadOnlySpan{byte}, Span{float})"/>
    private static void ApplyReference(FeatureScale scale, ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = (x[i] - scale.Offset) * scale.Factor;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InBlocks<T, TBlock>(FeatureScale scale, ReadOnlySpan<T> x, Span<float> y)
        where T : unmanaged
        where TBlock : struct, IScaleBlock<T>
    {
        int last = x.Length - ScaleBlock.Length;
        if (last < 0)
        {
            ShorterThanBlock<T, TBlock>(scale, x, y);
            return;
        }

        ref T from = ref MemoryMarshal.GetReference(x);
        ref float to = ref MemoryMarshal.GetReference(y);
        for (int i = 0; i < last; i += ScaleBlock.Length)
        {
            TBlock.Apply(scale, ref Unsafe.Add(ref from, i), ref Unsafe.Add(ref to, i));
        }

        TBlock.Apply(scale, ref Unsafe.Add(ref from, last), ref Unsafe.Add(ref to, last));
    }

    private static void ShorterThanBlock<T, TBlock>(FeatureScale scale, ReadOnlySpan<T> x, Span<float> y)
        where T : unmanaged
        where TBlock : struct, IScaleBlock<T>
    {
        Span<T> paddedX = stackalloc T[ScaleBlock.Length];
        Span<float> paddedY = stackalloc float[ScaleBlock.Length];
        paddedX.Clear();
        x.CopyTo(paddedX);
        TBlock.Apply(scale, ref MemoryMarshal.GetReference(paddedX), ref MemoryMarshal.GetReference(paddedY));
        paddedY[..y.Length].CopyTo(y);
    }
}
