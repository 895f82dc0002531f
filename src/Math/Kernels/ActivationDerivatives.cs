using System.Runtime.CompilerServices;

namespace Distributed.Numerics.Kernels;

/// <summary>dX = dY where the output is positive, +0 elsewhere.</summary>
internal readonly struct ReluBackward : IBinaryOperator
{
    /// <param name="x">The forward output Y.</param>
    /// <param name="y">The output's gradient dY.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<S, V>(V x, V y)
        where S : struct, ISimd<V>
        where V : struct => S.Select(S.GreaterThan(x, S.Zero), y, S.Zero);
}

/// <summary>dX = dY · (Y - Y²), Y being the forward output.</summary>
internal readonly struct SigmoidBackward : IBinaryOperator
{
    /// <param name="x">The forward output Y.</param>
    /// <param name="y">The output's gradient dY.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<S, V>(V x, V y)
        where S : struct, ISimd<V>
        where V : struct => S.Multiply(y, S.FusedMultiplyAdd(S.Subtract(S.Zero, x), x, x));
}

/// <summary>dX = dY · (1 - Y²), Y being the forward output.</summary>
internal readonly struct TanhBackward : IBinaryOperator
{
    /// <param name="x">The forward output Y.</param>
    /// <param name="y">The output's gradient dY.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<S, V>(V x, V y)
        where S : struct, ISimd<V>
        where V : struct => S.Multiply(y, S.FusedMultiplyAdd(S.Subtract(S.Zero, x), x, S.Broadcast(1f)));
}
