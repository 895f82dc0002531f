using Distributed.Coordinator.TensorBoard;

namespace Distributed.Coordinator.Tests.TensorBoard;

public sealed class MaskedCrcTests
{
    /// <summary>Check values of RFC 3720, appendix B.4, and of the catalogue of CRC algorithms.</summary>
    [Fact]
    public void Has_the_published_check_values()
    {
        Assert.Equal(0xE3069283u, MaskedCrc.Crc32C("123456789"u8));
        Assert.Equal(0x8A9136AAu, MaskedCrc.Crc32C(new byte[32]));
        Assert.Equal(0x62A8AB43u, MaskedCrc.Crc32C([.. Enumerable.Repeat((byte)0xFF, 32)]));
        Assert.Equal(0x46DD794Eu, MaskedCrc.Crc32C([.. Enumerable.Range(0, 32).Select(value => (byte)value)]));
    }

    [Fact]
    public void Equals_division_bit_by_bit_at_every_length()
    {
        byte[] bytes = new byte[100];
        new Random(1).NextBytes(bytes);
        for (int length = 0; length <= bytes.Length; length++)
        {
            Assert.Equal(BitByBit(bytes.AsSpan(0, length)), MaskedCrc.Crc32C(bytes.AsSpan(0, length)));
        }
    }

    [Fact]
    public void The_mask_rotates_and_adds()
    {
        uint crc = MaskedCrc.Crc32C("abc"u8);
        Assert.Equal(unchecked(((crc >> 15) | (crc << 17)) + 0xA282EAD8u), MaskedCrc.Of("abc"u8));
    }

    private static uint BitByBit(ReadOnlySpan<byte> bytes)
    {
        uint remainder = uint.MaxValue;
        foreach (byte value in bytes)
        {
            remainder ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                remainder = (remainder >> 1) ^ ((remainder & 1) * 0x82F63B78);
            }
        }

        return ~remainder;
    }
}
