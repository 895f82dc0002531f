using System.Runtime.CompilerServices;
using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Optimizers;

/// <summary>What is added to the mean gradient of a parameter.</summary>
internal interface IPenalty
{
    static abstract V Add<S, V>(V gradient, V weights, V l2)
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
}

/// <summary>λ·W, the gradient of λ/2·‖W‖².</summary>
internal readonly struct L2Penalty : IPenalty
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Add<S, V>(V gradient, V weights, V l2)
        where S : struct, ISimd<V>
        where V : struct => S.FusedMultiplyAdd(l2, weights, gradient);
}
