using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <summary>x + y: the step from two nodes of the reduction tree to their parent.</summary>
internal readonly struct Add : IBinaryOperator
{
    /// <summary>accumulator[i] += other[i], the accumulator being the left operand.</summary>
    public static void Into(InstructionSet set, Span<float> accumulator, ReadOnlySpan<float> other) =>
        Map.Binary<Add>(set, accumulator, other, accumulator);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<S, V>(V x, V y)
        where S : struct, ISimd<V>
        where V : struct => S.Add(x, y);
}
