using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Tests;

/// <summary>The SIMD widths of this machine, as the rows of a theory.</summary>
public static class Widths
{
    public static TheoryData<InstructionSet> Supported => new(InstructionSets.Supported);
}
