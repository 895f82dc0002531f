using Distributed.Numerics.Models;

namespace Distributed.Numerics.Tests.Models;

/// <summary>A minibatch of made-up samples.</summary>
internal sealed class MadeUpSamples : ISampleSource
{
    private readonly float[] _features;
    private readonly int[] _labels;

    public MadeUpSamples(int samples, int features, int classes)
    {
        Features = features;
        _features = Samples.Uniform(samples * features, -1f, 1f, stream: 7);
        _labels = new int[samples];
        for (int i = 0; i < samples; i++)
        {
            _labels[i] = ((i * 7) + (i / 3)) % classes;
        }
    }

    public int Features { get; }

    public int Count => _labels.Length;

    public ReadOnlySpan<float> AllFeatures => _features;

    public ReadOnlySpan<int> AllLabels => _labels;

    public void Gather(int first, int count, Span<float> features, Span<int> labels)
    {
        Check.That(features.Length == count * Features);
        Check.That(labels.Length == count);
        _features.AsSpan(first * Features, count * Features).CopyTo(features);
        _labels.AsSpan(first, count).CopyTo(labels);
    }
}
