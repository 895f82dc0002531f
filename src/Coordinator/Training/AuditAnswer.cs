using System.Runtime.InteropServices;
using Distributed.Numerics.Models;
using Distributed.Protocol;

namespace Distributed.Coordinator.Training;

/// <summary>All that a partial says, short enough to compare and keep: two right computations of the same microbatch are equal in every bit.</summary>
public readonly record struct AuditAnswer(Digest Gradient, PartialStatistics Statistics)
{
    /// <summary>What <paramref name="partial"/> says.</summary>
    public static AuditAnswer Of(Partial partial) => new(Digest.Of(MemoryMarshal.AsBytes(partial.Gradient)), partial.Statistics);
}
