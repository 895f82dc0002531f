using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Models;

/// <summary>The samples of one minibatch, by their position in it. The network pulls rows in whatever blocks suit its kernels.</summary>
public interface ISampleSource
{
    /// <summary>Features per sample.</summary>
    int Features { get; }

    /// <summary>What <see cref="Gather"/> does with a sample's bytes; null where samples are not made of bytes.</summary>
    ByteScale? ByteScale { get; }

    /// <summary>
    /// Writes samples <paramref name="first"/> … <paramref name="first"/>+<paramref name="count"/>-1 of the minibatch, scaled as the recipe says.
    /// </summary>
    /// <param name="first">Position in the minibatch, from 0.</param>
    /// <param name="count">Rows to write.</param>
    /// <param name="features">count×Features, row-major.</param>
    /// <param name="labels">count class indices.</param>
    void Gather(int first, int count, Span<float> features, Span<int> labels);

    /// <summary>The same samples as they are stored; only where <see cref="ByteScale"/> is not null.</summary>
    /// <param name="first">Position in the minibatch, from 0.</param>
    /// <param name="count">Rows to write.</param>
    /// <param name="features">count×<paramref name="ld"/>, row-major; bytes behind a row's features are left alone.</param>
    /// <param name="ld">Bytes between two rows.</param>
    /// <param name="labels">count class indices.</param>
    void GatherBytes(int first, int count, Span<byte> features, int ld, Span<int> labels);

    /// <summary>
    /// Where samples are stored whose turn comes later, so that they can be brought near meanwhile. No more than a hint: the collector may
    /// move them. Only where <see cref="ByteScale"/> is not null.
    /// </summary>
    /// <param name="first">Position in the minibatch; beyond its end the next one's samples follow.</param>
    /// <param name="addresses">One address for each sample from there on.</param>
    void Locate(int first, Span<nint> addresses);
}
