using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;

namespace Distributed.Numerics.Tests.Models;

/// <summary>A minibatch of made-up samples, made of floats or of bytes.</summary>
internal sealed class MadeUpSamples : ISampleSource
{
    private readonly float[] _features;
    private readonly byte[]? _bytes;
    private readonly int[] _labels;

    public MadeUpSamples(int samples, int features, int classes, bool asBytes = false)
    {
        Features = features;
        _features = Samples.Uniform(samples * features, -1f, 1f, stream: 7);
        if (asBytes)
        {
            ByteScale = new ByteScale(127.5f, 1f / 120);
            _bytes = [.. _features.Select(x => (byte)((x + 1f) * 127f))];
            _features = [.. _bytes.Select(x => (x - ByteScale.Value.Offset) * ByteScale.Value.Factor)];
        }

        _labels = new int[samples];
        for (int i = 0; i < samples; i++)
        {
            _labels[i] = ((i * 7) + (i / 3)) % classes;
        }
    }

    public int Features { get; }

    public ByteScale? ByteScale { get; }

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

    public void GatherBytes(int first, int count, Span<byte> features, int ld, Span<int> labels)
    {
        Check.That(features.Length == count * ld);
        Check.That(labels.Length == count);
        for (int i = 0; i < count; i++)
        {
            _bytes.AsSpan((first + i) * Features, Features).CopyTo(features[(i * ld)..]);
        }

        _labels.AsSpan(first, count).CopyTo(labels);
    }

    public unsafe void Locate(int first, Span<nint> addresses)
    {
        fixed (byte* bytes = _bytes)
        {
            addresses.Fill((nint)bytes);
        }
    }
}
