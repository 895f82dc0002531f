namespace Distributed.Numerics.Tests;

/// <summary>A buffer with guards on both sides that show every write past its ends.</summary>
internal sealed class GuardedBuffer
{
    private const int GuardFloats = 32;
    private const int GuardBits = 0x7fe5a5a5;
    private readonly float[] _all;

    public GuardedBuffer(int length)
    {
        _all = new float[length + (2 * GuardFloats)];
        _all.AsSpan().Fill(BitConverter.Int32BitsToSingle(GuardBits));
        Span.Clear();
    }

    public GuardedBuffer(ReadOnlySpan<float> values)
        : this(values.Length) => values.CopyTo(Span);

    public Span<float> Span => _all.AsSpan(GuardFloats, _all.Length - (2 * GuardFloats));

    public void AssertGuards()
    {
        for (int i = 0; i < GuardFloats; i++)
        {
            Assert.Equal(GuardBits, BitConverter.SingleToInt32Bits(_all[i]));
            Assert.Equal(GuardBits, BitConverter.SingleToInt32Bits(_all[^(i + 1)]));
        }
    }
}
