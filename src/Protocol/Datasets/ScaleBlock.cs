using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Distributed.Protocol.Datasets;

/// <summary>The unit in which features are scaled, whatever the width.</summary>
internal static class ScaleBlock
{
    /// <summary>Elements per block.</summary>
    public const int Length = 16;
}

/// <summary>Scales one block: <see cref="ScaleBlock.Length"/> raw features to as many floats.</summary>
internal interface IScaleBlock<T>
    where T : unmanaged
{
    static abstract void Apply(FeatureScale scale, ref T from, ref float to);
}

internal readonly struct BytesBy512 : IScaleBlock<byte>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply(FeatureScale scale, ref byte from, ref float to)
    {
        Vector512<float> x = Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref from)));
        ((x - Vector512.Create(scale.Offset)) * Vector512.Create(scale.Factor)).StoreUnsafe(ref to);
    }
}

internal readonly struct BytesBy256 : IScaleBlock<byte>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply(FeatureScale scale, ref byte from, ref float to)
    {
        Vector128<byte> bytes = Vector128.LoadUnsafe(ref from);
        Vector256<float> low = Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(bytes));
        Vector128<byte> upper = Vector128.Create(bytes.GetUpper(), bytes.GetUpper());
        Vector256<float> high = Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(upper));
        Vector256<float> offset = Vector256.Create(scale.Offset);
        Vector256<float> factor = Vector256.Create(scale.Factor);
        ((low - offset) * factor).StoreUnsafe(ref to);
        ((high - offset) * factor).StoreUnsafe(ref to, 8);
    }
}

internal readonly struct BytesBy128 : IScaleBlock<byte>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply(FeatureScale scale, ref byte from, ref float to)
    {
        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref from));
        StoreEight(scale, low, ref to);
        StoreEight(scale, high, ref Unsafe.Add(ref to, 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreEight(FeatureScale scale, Vector128<ushort> x, ref float to)
    {
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(x);
        Vector128<float> offset = Vector128.Create(scale.Offset);
        Vector128<float> factor = Vector128.Create(scale.Factor);
        ((Vector128.ConvertToSingle(low.AsInt32()) - offset) * factor).StoreUnsafe(ref to);
        ((Vector128.ConvertToSingle(high.AsInt32()) - offset) * factor).StoreUnsafe(ref to, 4);
    }
}

internal readonly struct FloatsBy512 : IScaleBlock<float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply(FeatureScale scale, ref float from, ref float to) =>
        ((Vector512.LoadUnsafe(ref from) - Vector512.Create(scale.Offset)) * Vector512.Create(scale.Factor)).StoreUnsafe(ref to);
}

internal readonly struct FloatsBy256 : IScaleBlock<float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply(FeatureScale scale, ref float from, ref float to)
    {
        Vector256<float> offset = Vector256.Create(scale.Offset);
        Vector256<float> factor = Vector256.Create(scale.Factor);
        ((Vector256.LoadUnsafe(ref from) - offset) * factor).StoreUnsafe(ref to);
        ((Vector256.LoadUnsafe(ref from, 8) - offset) * factor).StoreUnsafe(ref to, 8);
    }
}

internal readonly struct FloatsBy128 : IScaleBlock<float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply(FeatureScale scale, ref float from, ref float to)
    {
        Vector128<float> offset = Vector128.Create(scale.Offset);
        Vector128<float> factor = Vector128.Create(scale.Factor);
        for (nuint i = 0; i < ScaleBlock.Length; i += 4)
        {
            ((Vector128.LoadUnsafe(ref from, i) - offset) * factor).StoreUnsafe(ref to, i);
        }
    }
}
