namespace Distributed.Numerics.Models;

/// <summary>The samples of one minibatch, by their position in it. The network pulls rows in whatever blocks suit its kernels.</summary>
public interface ISampleSource
{
    /// <summary>Features per sample.</summary>
    int Features { get; }

    /// <summary>
    /// Writes samples <paramref name="first"/> … <paramref name="first"/>+<paramref name="count"/>-1 of the minibatch, scaled as the recipe says.
    /// </summary>
    /// <param name="first">Position in the minibatch, from 0.</param>
    /// <param name="count">Rows to write.</param>
    /// <param name="features">count×Features, row-major.</param>
    /// <param name="labels">count class indices.</param>
    void Gather(int first, int count, Span<float> features, Span<int> labels);
}
