using System.Runtime.Intrinsics;

namespace Distributed.Numerics.Kernels;

/// <summary>A loop whose body is written once for every SIMD width. Its operands are its fields.</summary>
internal interface ISimdKernel
{
    void Run<S, V>()
        where S : struct, ISimd<V>
        where V : struct;
}

/// <summary>Runs a kernel at the width that is asked for.</summary>
internal static class SimdKernel
{
    public static void Run<TKernel>(InstructionSet set, ref TKernel kernel)
        where TKernel : struct, ISimdKernel, allows ref struct
    {
        switch (set)
        {
            case InstructionSet.Vector512:
                kernel.Run<Simd512, Vector512<float>>();
                break;
            case InstructionSet.Vector256:
                kernel.Run<Simd256, Vector256<float>>();
                break;
            case InstructionSet.Vector128:
                kernel.Run<Simd128, Vector128<float>>();
                break;
            default:
                kernel.Run<SimdScalar, float>();
                break;
        }
    }
}
