using System.Runtime.InteropServices;
using Distributed.Numerics;
using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;

namespace Distributed.Protocol.Datasets;

/// <summary>
/// One minibatch of a dataset, scaled while it is gathered. <see cref="MoveTo"/> points it at the next one; nothing is allocated after
/// construction. A source belongs to one thread; any number of them may share a dataset.
/// </summary>
public sealed class MinibatchSource : ISampleSource
{
    /// <summary>How many rows ahead of the one being gathered memory is asked for.</summary>
    private const int RowsAhead = 4;

    private readonly Dataset _dataset;
    private readonly FeatureScale _scale;
    private readonly InstructionSet _set;
    private int[] _order = [];
    private int _first;

    /// <param name="dataset">The samples.</param>
    /// <param name="scale">The recipe's scale.</param>
    public MinibatchSource(Dataset dataset, FeatureScale scale)
        : this(dataset, scale, FeatureScaleKernel.Widest)
    {
    }

    /// <param name="dataset">The samples.</param>
    /// <param name="scale">The recipe's scale.</param>
    /// <param name="set">No wider than <see cref="FeatureScaleKernel.Widest"/>; it does not change a bit.</param>
    public MinibatchSource(Dataset dataset, FeatureScale scale, InstructionSet set)
    {
        Check.That(set <= FeatureScaleKernel.Widest);
        _dataset = dataset;
        _scale = scale;
        _set = set;
    }

    /// <inheritdoc/>
    public int Features => _dataset.Features;

    /// <inheritdoc/>
    public ByteScale? ByteScale => _dataset.Bytes is null ? null : new ByteScale(_scale.Offset, _scale.Factor);

    /// <summary>Samples in the minibatch.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Makes position i of the minibatch the dataset's sample <paramref name="order"/>[<paramref name="first"/> + i].
    /// The array is read at every gather and not copied.
    /// </summary>
    /// <param name="order">Sample indices of the dataset, such as an epoch's permutation.</param>
    /// <param name="first">Index in <paramref name="order"/> of the minibatch's first sample.</param>
    /// <param name="count">Samples in the minibatch.</param>
    public void MoveTo(int[] order, int first, int count)
    {
        Check.That(first >= 0);
        Check.That(count >= 0);
        Check.That(first <= order.Length - count);
        _order = order;
        _first = first;
        Count = count;
    }

    /// <inheritdoc/>
    public void Gather(int first, int count, Span<float> features, Span<int> labels)
    {
        Check.That(first >= 0);
        Check.That(count >= 0);
        Check.That(first <= Count - count);
        Check.That(features.Length == count * Features);
        Check.That(labels.Length == count);
        ReadOnlySpan<int> samples = _order.AsSpan(_first + first, count);
        for (int i = 0; i < samples.Length; i++)
        {
            PrefetchFrom(_first + first + i + RowsAhead);
            GatherRow(samples[i], features.Slice(i * Features, Features));
            labels[i] = _dataset.Labels[samples[i]];
        }
    }

    /// <inheritdoc/>
    public void GatherBytes(int first, int count, Span<byte> features, int ld, Span<int> labels)
    {
        Check.That(first >= 0);
        Check.That(count >= 0);
        Check.That(first <= Count - count);
        Check.That(ld >= Features);
        Check.That(features.Length == count * ld);
        Check.That(labels.Length == count);
        Check.That(_dataset.Bytes is not null);
        ReadOnlySpan<int> samples = _order.AsSpan(_first + first, count);
        for (int i = 0; i < samples.Length; i++)
        {
            PrefetchFrom(_first + first + i + RowsAhead);
            _dataset.Bytes.AsSpan(samples[i] * Features, Features).CopyTo(features[(i * ld)..]);
            labels[i] = _dataset.Labels[samples[i]];
        }
    }

    /// <inheritdoc/>
    public unsafe void Locate(int first, Span<nint> addresses)
    {
        Check.That(first >= 0);
        Check.That(_dataset.Bytes is not null);
        fixed (byte* bytes = _dataset.Bytes)
        {
            for (int i = 0; i < addresses.Length; i++)
            {
                int position = System.Math.Min(_first + first + i, _order.Length - 1);
                addresses[i] = (nint)bytes + ((nint)_order[position] * Features);
            }
        }
    }

    private void GatherRow(int sample, Span<float> row)
    {
        int start = sample * Features;
        if (_dataset.Bytes is byte[] bytes)
        {
            FeatureScaleKernel.Apply(_set, _scale, bytes.AsSpan(start, Features), row);
        }
        else
        {
            FeatureScaleKernel.Apply(_set, _scale, _dataset.Floats.AsSpan(start, Features), row);
        }
    }

    /// <summary>
    /// Rows lie far apart in memory, so they are asked for early; past the minibatch's end these are the first rows of the next one.
    /// </summary>
    private void PrefetchFrom(int position)
    {
        if (position >= _order.Length)
        {
            return;
        }

        int start = _order[position] * Features;
        RowPrefetch.Hint(_dataset.Bytes is byte[] bytes
            ? bytes.AsSpan(start, Features)
            : MemoryMarshal.AsBytes(_dataset.Floats.AsSpan(start, Features)));
    }
}
