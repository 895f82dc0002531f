using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Distributed.Numerics.Kernels;

/// <summary>
/// What this process may use, as the runtime reports it: the processor less what the user switched off with DOTNET_EnableAVX512=0,
/// DOTNET_EnableAVX2=0 (takes the fused multiply-add with it) or DOTNET_EnableHWIntrinsic=0.
/// </summary>
public static class InstructionSets
{
    /// <summary>Every supported instruction set, narrowest first; <see cref="InstructionSet.Scalar"/> is always there.</summary>
    public static IReadOnlyList<InstructionSet> Supported { get; } =
        Array.AsReadOnly(Enum.GetValues<InstructionSet>().Where(IsSupported).ToArray());

    /// <summary>The widest supported instruction set.</summary>
    public static InstructionSet Best { get; } = Supported[^1];

    /// <summary>
    /// True when kernels of this width run at full speed here: registers of that width and a fused multiply-add for them.
    /// </summary>
    public static bool IsSupported(InstructionSet set) => set switch
    {
        InstructionSet.Scalar => true,
        InstructionSet.Vector128 => Fma.IsSupported || AdvSimd.Arm64.IsSupported,
        InstructionSet.Vector256 => Fma.IsSupported && Avx2.IsSupported,
        InstructionSet.Vector512 => Avx512F.VL.IsSupported && Avx512BW.IsSupported,
        _ => false,
    };
}
