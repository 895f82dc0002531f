namespace Distributed.Numerics.Kernels;

/// <summary>A loop whose body is written once for every SIMD width. Its operands are its fields.</summary>
internal interface ISimdKernel
{
    void Run<S, V>()
        where S : struct, ISimd<V>
        where V : struct;
}
