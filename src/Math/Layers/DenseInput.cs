using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Layers;

/// <summary>What enters a dense layer, a sample a row: floats without gaps, or the dataset's own bytes.</summary>
internal readonly ref struct DenseInput
{
    private DenseInput(ReadOnlySpan<float> floats, ByteMatrix bytes)
    {
        Floats = floats;
        Bytes = bytes;
    }

    public ReadOnlySpan<float> Floats { get; }

    public ByteMatrix Bytes { get; }

    public bool IsBytes => Bytes.Ld > 0;

    public static DenseInput Of(ByteMatrix bytes) => new([], bytes);

    public static implicit operator DenseInput(ReadOnlySpan<float> floats) => new(floats, default);

    public static implicit operator DenseInput(Span<float> floats) => new(floats, default);
}
