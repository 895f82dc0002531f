using System.Runtime.InteropServices;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;

namespace Distributed.Coordinator.Training;

/// <summary>
/// Remembers the digests of partials that a second worker computes as well. The same microbatches have the same bits wherever they are computed,
/// so two digests that differ mean wrong arithmetic, never chance.
/// </summary>
public sealed class DuplicateCheck
{
    private readonly Dictionary<MicrobatchRange, (WorkerId Worker, Digest Digest)> _digests = [];

    /// <summary>Forgets everything: a new step begins.</summary>
    public void Clear() => _digests.Clear();

    /// <summary>Remembers <paramref name="partial"/>, the first of its node.</summary>
    public void Remember(Partial partial) => _digests[partial.Node] = (partial.Worker, DigestOf(partial));

    /// <summary>The worker whose bits for the same node differ from <paramref name="partial"/>'s; null when they agree or none is known.</summary>
    public WorkerId? Differs(Partial partial) =>
        _digests.TryGetValue(partial.Node, out (WorkerId Worker, Digest Digest) first) && first.Digest != DigestOf(partial) ? first.Worker : null;

    private static Digest DigestOf(Partial partial) => Digest.Of(MemoryMarshal.AsBytes(partial.Gradient));
}
