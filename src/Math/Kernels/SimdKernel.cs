using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Distributed.Numerics.Kernels;

/// <summary>Runs a kernel at the width that is asked for.</summary>
internal static class SimdKernel
{
    public static void Run<TKernel>(InstructionSet set, ref TKernel kernel)
        where TKernel : struct, ISimdKernel, allows ref struct
    {
        switch (set)
        {
            case InstructionSet.Vector512:
                RunAt<TKernel, Simd512, Vector512<float>>(ref kernel);
                break;
            case InstructionSet.Vector256:
                RunAt<TKernel, Simd256, Vector256<float>>(ref kernel);
                break;
            case InstructionSet.Vector128:
                RunAt<TKernel, Simd128, Vector128<float>>(ref kernel);
                break;
            default:
                RunAt<TKernel, SimdScalar, float>(ref kernel);
                break;
        }
    }

    /// <summary>
    /// A method of its own for each width: the four bodies together would exhaust what the compiler is willing to inline.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunAt<TKernel, S, V>(ref TKernel kernel)
        where TKernel : struct, ISimdKernel, allows ref struct
        where S : struct, ISimd<V>
        where V : struct => kernel.Run<S, V>();
}
