using Distributed.Numerics.Kernels;
using Distributed.Numerics.Layers;

namespace Distributed.Numerics.Models;

/// <summary>
/// Finds the features that are 0 in every row of a block, which for pictures are a quarter to a half, so that the first layer's products leave
/// them out. The bits stay those of the whole chains, because a product of zeros changes no sum:
/// <list type="bullet">
/// <item>x·w is ±0 where x is ±0 and w is finite, and s ± 0 = s for every sum s except -0;</item>
/// <item>a chain begins at +0 and becomes -0 only by a sum that rounds to it, which <see cref="PlainNumbers"/> cannot make, so their chains
/// never hold -0;</item>
/// <item>in a weight gradient the whole chain of such a feature is products of zeros: it is +0, and so are sums of such leaves.</item>
/// </list>
/// Where weights are no such numbers, or dZ is not finite, nothing is left out.
/// </summary>
internal sealed class NonzeroFeatures(NetworkShape shape, InstructionSet set)
{
    /// <summary>Rows × share of zero features from which on copying the others costs less than multiplying all.</summary>
    private const int SavedRowsMin = 5;

    private readonly float[] _any = new float[shape.Inputs];
    private readonly int[] _columns = new int[shape.Inputs];
    private readonly FeatureRun[] _runs = new FeatureRun[(shape.Inputs + 1) / 2];
    private float[] _x = [];
    private ByteScale? _scale;
    private bool _isPlainScale;
    private int _rows;
    private int _count;

    /// <summary>The block that was taken, without its zero features.</summary>
    public DenseInput Block => DenseInput.Of(_x.AsSpan(0, _rows * _count), _columns.AsSpan(0, _count));

    /// <summary>True when a block was taken and its weight gradient is that of the whole block too.</summary>
    public bool MayReplace(ReadOnlySpan<float> dZ) => _rows > 0 && NonFiniteSearch.First(set, dZ) < 0;

    /// <summary>Takes a block where that pays; then its forward product is that of the whole block.</summary>
    /// <param name="X">Rows×Inputs; bytes stay as they are.</param>
    /// <param name="rows">Samples.</param>
    /// <param name="scale">What the features were made with; null where they are no scaled bytes.</param>
    /// <param name="W">The first layer's weights.</param>
    public bool Take(DenseInput X, int rows, ByteScale? scale, ReadOnlySpan<float> W)
    {
        _rows = 0;
        if (X.IsBytes || rows <= SavedRowsMin || !IsPlain(scale))
        {
            return false;
        }

        _count = NonzeroColumns.Find(set, X.Floats, shape.Inputs, _any, _columns);
        bool pays = _count > 0 && (long)rows * (shape.Inputs - _count) >= (long)SavedRowsMin * shape.Inputs;
        if (pays && PlainNumbers.AreWeights(set, W))
        {
            _rows = rows;
            Copy(X.Floats);
        }

        return _rows > 0;
    }

    private bool IsPlain(ByteScale? scale)
    {
        if (scale is { } known && scale != _scale)
        {
            _scale = scale;
            _isPlainScale = PlainNumbers.AreFeatures(known);
        }

        return scale is not null && _isPlainScale;
    }

    private void Copy(ReadOnlySpan<float> X)
    {
        // For all features: how many are not 0 differs from block to block, and growing with each record would allocate every time.
        Buffers.Reserve(ref _x, _rows * shape.Inputs);
        ReadOnlySpan<FeatureRun> runs = _runs.AsSpan(0, FindRuns(_columns.AsSpan(0, _count)));
        ColumnRuns.Copy(set, X, shape.Inputs, runs, _x.AsSpan(0, _rows * _count), _count);
    }

    /// <summary>Neighbours stay neighbours, so they are copied together.</summary>
    private int FindRuns(ReadOnlySpan<int> columns)
    {
        int runs = 0;
        int begin = 0;
        for (int i = 1; i <= columns.Length; i++)
        {
            if (i == columns.Length || columns[i] != columns[i - 1] + 1)
            {
                _runs[runs++] = new FeatureRun(columns[begin], begin, i - begin);
                begin = i;
            }
        }

        return runs;
    }
}
