using System.Buffers.Binary;

namespace Distributed.Coordinator.Data;

/// <summary>
/// CRC-32 of ISO 3309 (polynomial 0x04C11DB7, reflected), as zip stores it for every entry; eight bytes at a time by eight tables.
/// </summary>
public sealed class Crc32
{
    private const uint ReflectedPolynomial = 0xEDB88320;
    private static readonly uint[][] Tables = CreateTables();
    private uint _state = uint.MaxValue;

    /// <summary>The checksum of everything added.</summary>
    public uint Value => ~_state;

    /// <summary>Adds <paramref name="bytes"/>.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        uint[][] tables = Tables;
        uint state = _state;
        while (bytes.Length >= 8)
        {
            uint low = state ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            state = tables[7][(byte)low] ^ tables[6][(byte)(low >> 8)] ^ tables[5][(byte)(low >> 16)] ^ tables[4][low >> 24]
                ^ tables[3][(byte)high] ^ tables[2][(byte)(high >> 8)] ^ tables[1][(byte)(high >> 16)] ^ tables[0][high >> 24];
            bytes = bytes[8..];
        }

        foreach (byte value in bytes)
        {
            state = tables[0][(byte)(state ^ value)] ^ (state >> 8);
        }

        _state = state;
    }

    private static uint[][] CreateTables()
    {
        uint[][] tables = [.. Enumerable.Range(0, 8).Select(_ => new uint[256])];
        for (uint value = 0; value < 256; value++)
        {
            uint remainder = value;
            for (int bit = 0; bit < 8; bit++)
            {
                remainder = (remainder & 1) != 0 ? (remainder >> 1) ^ ReflectedPolynomial : remainder >> 1;
            }

            tables[0][value] = remainder;
        }

        for (int table = 1; table < 8; table++)
        {
            for (int value = 0; value < 256; value++)
            {
                uint shorter = tables[table - 1][value];
                tables[table][value] = tables[0][(byte)shorter] ^ (shorter >> 8);
            }
        }

        return tables;
    }
}
