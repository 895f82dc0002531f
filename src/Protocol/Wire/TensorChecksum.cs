using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Distributed.Numerics;

namespace Distributed.Protocol.Wire;

/// <summary>
/// CRC-32C (Castagnoli, reflected polynomial 0x82F63B78, RFC 3720 appendix B.4): the processor has an instruction for it, and software gives the same number.
/// </summary>
public static class TensorChecksum
{
    private const uint Polynomial = 0x82F63B78;
    private const uint One = 1u << 31;

    /// <summary>Below this, joining costs more than it saves.</summary>
    private const int ThirdBytesMin = 16 * 1024;

    /// <summary>The checksum of <paramref name="bytes"/>.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => Append(uint.MaxValue, bytes) ^ uint.MaxValue;

    /// <summary>Goes on with a checksum that was begun with <see cref="uint.MaxValue"/> and is ended by inverting it.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        int third = bytes.Length / 3 & ~(sizeof(ulong) - 1);
        return third < ThirdBytesMin ? AppendChain(crc, bytes) : AppendChain(AppendThirds(crc, bytes[..(3 * third)], third), bytes[(3 * third)..]);
    }

    /// <summary>
    /// Three chains at once: the instruction takes three cycles and one can start in each. A checksum is linear, so what the later thirds add to it can be
    /// found from zero and joined afterwards.
    /// </summary>
    private static uint AppendThirds(uint crc, ReadOnlySpan<byte> bytes, int third)
    {
        Check.That(BitConverter.IsLittleEndian);
        ReadOnlySpan<ulong> first = MemoryMarshal.Cast<byte, ulong>(bytes[..third]);
        ReadOnlySpan<ulong> second = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(third, third))[..first.Length];
        ReadOnlySpan<ulong> last = MemoryMarshal.Cast<byte, ulong>(bytes[(2 * third)..])[..first.Length];
        uint crcOfSecond = 0;
        uint crcOfLast = 0;
        for (int i = 0; i < first.Length; i++)
        {
            crc = BitOperations.Crc32C(crc, first[i]);
            crcOfSecond = BitOperations.Crc32C(crcOfSecond, second[i]);
            crcOfLast = BitOperations.Crc32C(crcOfLast, last[i]);
        }

        uint overThird = PowerOfX(8L * third);
        return Multiply(Multiply(crc, overThird) ^ crcOfSecond, overThird) ^ crcOfLast;
    }

    private static uint AppendChain(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return crc;
    }

    /// <summary>x to the power <paramref name="exponent"/>, modulo the polynomial: what a checksum is multiplied by when that many zero bits follow.</summary>
    private static uint PowerOfX(long exponent)
    {
        uint power = One;
        for (uint square = One >> 1; exponent > 0; exponent >>= 1)
        {
            power = (exponent & 1) != 0 ? Multiply(power, square) : power;
            square = Multiply(square, square);
        }

        return power;
    }

    /// <summary>The product of two polynomials over GF(2), modulo the checksum's; the highest bit is the coefficient of 1.</summary>
    private static uint Multiply(uint a, uint b)
    {
        uint product = 0;
        for (; a != 0; a <<= 1)
        {
            product ^= (a & One) != 0 ? b : 0;
            b = (b >> 1) ^ ((b & 1) != 0 ? Polynomial : 0);
        }

        return product;
    }
}
