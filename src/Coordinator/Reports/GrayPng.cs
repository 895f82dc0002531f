using System.Buffers.Binary;
using System.IO.Compression;
using Distributed.Coordinator.Data;
using Distributed.Numerics;

namespace Distributed.Coordinator.Reports;

/// <summary>Eight-bit grey PNG files, after the W3C's PNG specification.</summary>
internal static class GrayPng
{
    private const byte BitDepth = 8;
    private const byte ColourTypeGray = 0;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The picture as an address that an <c>img</c> can show without a request.</summary>
    public static string DataUri(SamplePicture picture) => $"data:image/png;base64,{Convert.ToBase64String(Encode(picture))}";

    /// <summary>The file's bytes.</summary>
    public static byte[] Encode(SamplePicture picture)
    {
        Check.That(picture.Pixels.Length == picture.Side * picture.Side);
        using var file = new MemoryStream();
        file.Write(Signature);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), picture.Side);
        header[8] = BitDepth;
        header[9] = ColourTypeGray;
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compress(picture));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>Each row begins with its filter, 0 for none.</summary>
    private static byte[] Compress(SamplePicture picture)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int row = 0; row < picture.Side; row++)
            {
                zlib.WriteByte(0);
                zlib.Write(picture.Pixels, row * picture.Side, picture.Side);
            }
        }

        return compressed.ToArray();
    }

    /// <summary>Length, type, data, and the CRC of type and data.</summary>
    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var crc = new Crc32();
        crc.Add(type);
        crc.Add(data);
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.Value);
        file.Write(number);
    }
}
