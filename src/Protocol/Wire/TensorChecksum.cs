using System.Buffers.Binary;
using System.Numerics;

namespace Distributed.Protocol.Wire;

/// <summary>
/// CRC-32C (Castagnoli, reflected polynomial 0x82F63B78, RFC 3720 appendix B.4): the processor has an instruction for it, and software gives the same number.
/// </summary>
public static class TensorChecksum
{
    /// <summary>The checksum of <paramref name="bytes"/>.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => Append(uint.MaxValue, bytes) ^ uint.MaxValue;

    /// <summary>Goes on with a checksum that was begun with <see cref="uint.MaxValue"/> and is ended by inverting it.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
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
}
