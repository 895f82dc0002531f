using Distributed.Numerics.Kernels;
using Distributed.Numerics.Layers;

namespace Distributed.Numerics.Models;

/// <summary>
/// The features of a block of samples: raw bytes where the source has them and the first layer's products take them, floats elsewhere.
/// </summary>
internal sealed class FeatureBuffer(NetworkShape shape, Gemm gemm)
{
    private float[] _floats = [];
    private byte[] _bytes = [];
    private nint[] _ahead = [];
    private ByteScale? _scale;
    private int _rows;

    private int Ld => ByteMatrix.LdFor(shape.Inputs);

    /// <summary>What was gathered last.</summary>
    public DenseInput Block => _scale is { } scale
        ? DenseInput.Of(new ByteMatrix(_bytes.AsSpan(0, _rows * Ld), Ld, scale, _ahead.AsSpan(0, _rows)))
        : _floats.AsSpan(0, _rows * shape.Inputs);

    /// <summary>True when samples of <paramref name="source"/> stay bytes.</summary>
    public bool StaysBytes(ISampleSource source) => source.ByteScale is not null && gemm.TakesBytes(shape.FanOut(0));

    /// <summary>Takes samples <paramref name="first"/> … of the minibatch, one for each label.</summary>
    /// <param name="source">The minibatch.</param>
    /// <param name="first">Position of the first sample.</param>
    /// <param name="labels">The samples' classes.</param>
    /// <param name="next">Where the block after this one will begin: it is brought near while this one is computed.</param>
    public void Gather(ISampleSource source, int first, Span<int> labels, int next)
    {
        _rows = labels.Length;
        _scale = StaysBytes(source) ? source.ByteScale : null;
        if (_scale is null)
        {
            Buffers.Reserve(ref _floats, _rows * shape.Inputs);
            source.Gather(first, _rows, _floats.AsSpan(0, _rows * shape.Inputs), labels);
        }
        else
        {
            Buffers.Reserve(ref _bytes, _rows * Ld);
            Buffers.Reserve(ref _ahead, _rows);
            source.Locate(next, _ahead.AsSpan(0, _rows));
            source.GatherBytes(first, _rows, _bytes.AsSpan(0, _rows * Ld), Ld, labels);
        }
    }
}
