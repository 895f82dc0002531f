using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Layers;

/// <summary>What enters a dense layer, a sample a row: floats without gaps, or the dataset's own bytes.</summary>
internal readonly ref struct DenseInput
{
    private DenseInput(ReadOnlySpan<float> floats, ByteMatrix bytes, ReadOnlySpan<int> places)
    {
        Floats = floats;
        Bytes = bytes;
        Places = places;
    }

    public ReadOnlySpan<float> Floats { get; }

    public ByteMatrix Bytes { get; }

    /// <summary>Which of the layer's inputs the floats are, ascending; empty where they are all.</summary>
    public ReadOnlySpan<int> Places { get; }

    public bool IsBytes => Bytes.Ld > 0;

    public bool IsPart => Places.Length > 0;

    public static DenseInput Of(ByteMatrix bytes) => new([], bytes, []);

    /// <summary>The others are 0 in every row.</summary>
    public static DenseInput Of(ReadOnlySpan<float> floats, ReadOnlySpan<int> places) => new(floats, default, places);

    public static implicit operator DenseInput(ReadOnlySpan<float> floats) => new(floats, default, []);

    public static implicit operator DenseInput(Span<float> floats) => new(floats, default, []);
}
