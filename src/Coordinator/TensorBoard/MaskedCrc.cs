using System.Buffers.Binary;
using System.Numerics;

namespace Distributed.Coordinator.TensorBoard;

/// <summary>
/// The checksum of TensorFlow's record format: CRC-32C (Castagnoli), rotated right by 15 bits, plus a constant, so that a record inside a
/// record does not carry a checksum of its own checksum. Source: record_writer in TensorFlow's core/lib/io.
/// </summary>
internal static class MaskedCrc
{
    private const uint Delta = 0xA282EAD8;

    public static uint Of(ReadOnlySpan<byte> bytes) => BitOperations.RotateRight(Crc32C(bytes), 15) + Delta;

    /// <summary>CRC-32C with the usual start and end inversion.</summary>
    internal static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        uint state = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes)
        {
            state = BitOperations.Crc32C(state, value);
        }

        return ~state;
    }
}
