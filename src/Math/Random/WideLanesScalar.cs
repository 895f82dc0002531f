using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Random;

/// <summary>One lane.</summary>
internal readonly unsafe struct WideLanesScalar : IWideLanes<ulong>
{
    public static int Width => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Broadcast(uint value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Sequence(uint first) => first;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Multiply(ulong a, ulong b) => (ulong)(uint)a * (uint)b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Xor(ulong a, ulong b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong High(ulong a) => a >> 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLow(uint* destination, ulong value) => *destination = (uint)value;
}
