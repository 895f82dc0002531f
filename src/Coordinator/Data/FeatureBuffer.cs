using Distributed.Numerics;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Data;

/// <summary>
/// Collects feature values in file order: as bytes while every value is a whole number in 0..255, as floats from the first one that is not.
/// </summary>
public sealed class FeatureBuffer
{
    private readonly int _features;
    private readonly long _capacity;
    private readonly string _name;
    private byte[]? _bytes;
    private float[]? _floats;

    /// <param name="name">What an error calls the source.</param>
    /// <param name="samplesMax">The most samples that will come, known from the size of what holds them.</param>
    /// <param name="features">Features per sample.</param>
    public FeatureBuffer(string name, long samplesMax, int features)
    {
        _name = name;
        _features = features;
        _capacity = Reserve(name, samplesMax, features, valueBytes: 1);
        _bytes = GC.AllocateUninitializedArray<byte>((int)_capacity);
    }

    /// <summary>Values held.</summary>
    public int Count { get; private set; }

    /// <summary>True until the first value that is no whole number in 0..255.</summary>
    public bool HoldsBytes => _bytes is not null;

    /// <summary>
    /// Room for the next <paramref name="count"/> values while <see cref="HoldsBytes"/>; <see cref="Advance"/> makes them count.
    /// </summary>
    public Span<byte> NextBytes(int count) => _bytes.AsSpan(Count, count);

    /// <summary>
    /// Room for the next <paramref name="count"/> values once not <see cref="HoldsBytes"/>; <see cref="Advance"/> makes them count.
    /// </summary>
    public Span<float> NextFloats(int count) => _floats.AsSpan(Count, count);

    /// <summary>Counts values that were written in place.</summary>
    public void Advance(int count)
    {
        Check.That(count >= 0);
        Check.That(Count <= _capacity - count);
        Count += count;
    }

    /// <summary>Adds finite <paramref name="values"/>.</summary>
    public void Append(ReadOnlySpan<float> values)
    {
        if (HoldsBytes && !TryNarrow(values, NextBytes(values.Length)))
        {
            BecomeFloats();
        }

        if (!HoldsBytes)
        {
            values.CopyTo(NextFloats(values.Length));
        }

        Advance(values.Length);
    }

    /// <summary>The samples collected, with their labels.</summary>
    public Dataset ToDataset(int[] labels, int classes)
    {
        Check.That(Count == (long)labels.Length * _features);
        if (HoldsBytes)
        {
            Array.Resize(ref _bytes, Count);
            return Dataset.OfBytes(_features, classes, _bytes!, labels);
        }

        Array.Resize(ref _floats, Count);
        return Dataset.OfFloats(_features, classes, _floats!, labels);
    }

    private static bool TryNarrow(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        for (int i = 0; i < values.Length; i++)
        {
            byte narrowed = (byte)Math.Clamp(values[i], 0f, 255f);
            if (narrowed != values[i])
            {
                return false;
            }

            bytes[i] = narrowed;
        }

        return true;
    }

    private void BecomeFloats()
    {
        _floats = GC.AllocateUninitializedArray<float>((int)Reserve(_name, _capacity / _features, _features, valueBytes: 4));
        ReadOnlySpan<byte> bytes = _bytes.AsSpan(0, Count);
        for (int i = 0; i < bytes.Length; i++)
        {
            _floats[i] = bytes[i];
        }

        _bytes = null;
    }

    private static long Reserve(string name, long samples, int features, int valueBytes) =>
        DatasetLimits.Allow(samples, features, valueBytes)
            ? samples * features
            : throw new InputException(
                $"{name}: {samples} samples of {features} features, {valueBytes} bytes each, are too many; " +
                $"the limits are {DatasetLimits.SamplesMax} samples, " +
                $"{DatasetLimits.FeaturesMax} features and {DatasetLimits.FeatureBytesMax} bytes of features in all.");
}
