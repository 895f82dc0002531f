using Distributed.Numerics;
using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;

namespace Distributed.Protocol.Datasets;

/// <summary>
/// One minibatch of a dataset, scaled while it is gathered. <see cref="MoveTo"/> points it at the next one; nothing is allocated after construction.
/// A source belongs to one thread; any number of them may share a dataset.
/// </summary>
public sealed class MinibatchSource : ISampleSource
{
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
        if (_dataset.Bytes is byte[] bytes)
        {
            GatherBytes(bytes, samples, features);
        }
        else
        {
            GatherFloats(_dataset.Floats!, samples, features);
        }

        for (int i = 0; i < samples.Length; i++)
        {
            labels[i] = _dataset.Labels[samples[i]];
        }
    }

    private void GatherBytes(byte[] bytes, ReadOnlySpan<int> samples, Span<float> features)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            ReadOnlySpan<byte> row = bytes.AsSpan(samples[i] * Features, Features);
            FeatureScaleKernel.Apply(_set, _scale, row, features.Slice(i * Features, Features));
        }
    }

    private void GatherFloats(float[] floats, ReadOnlySpan<int> samples, Span<float> features)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            ReadOnlySpan<float> row = floats.AsSpan(samples[i] * Features, Features);
            FeatureScaleKernel.Apply(_set, _scale, row, features.Slice(i * Features, Features));
        }
    }
}
