using System.Runtime.CompilerServices;
using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Optimizers;

/// <summary>What is added to the mean gradient of a parameter, and what is taken from the parameter apart from the gradient.</summary>
internal interface IPenalty
{
    static abstract V Add<S, V>(V gradient, V weights, V l2)
        where S : struct, ISimd<V>
        where V : struct;

    static abstract V Shrink<S, V>(V weights, V negativeDecay)
        where S : struct, ISimd<V>
        where V : struct;
}

/// <summary>Nothing: biases, and weights when λ is 0.</summary>
internal readonly struct NoPenalty : IPenalty
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Add<S, V>(V gradient, V weights, V l2)
        where S : struct, ISimd<V>
        where V : struct => gradient;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Shrink<S, V>(V weights, V negativeDecay)
        where S : struct, ISimd<V>
        where V : struct => weights;
}

/// <summary>λ·W, the gradient of λ/2·‖W‖².</summary>
internal readonly struct L2Penalty : IPenalty
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Add<S, V>(V gradient, V weights, V l2)
        where S : struct, ISimd<V>
        where V : struct => S.FusedMultiplyAdd(l2, weights, gradient);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Shrink<S, V>(V weights, V negativeDecay)
        where S : struct, ISimd<V>
        where V : struct => weights;
}

/// <summary>λ·W as in <see cref="L2Penalty"/>, where λ may be 0, and W ← W - decay·W.</summary>
internal readonly struct DecoupledDecay : IPenalty
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Add<S, V>(V gradient, V weights, V l2)
        where S : struct, ISimd<V>
        where V : struct => S.FusedMultiplyAdd(l2, weights, gradient);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Shrink<S, V>(V weights, V negativeDecay)
        where S : struct, ISimd<V>
        where V : struct => S.FusedMultiplyAdd(negativeDecay, weights, weights);
}
