using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Distributed.Numerics;

namespace Distributed.Coordinator.Exports;

/// <summary>
/// Writes one NumPy array in format 1.0: magic, version, length of the text (little-endian), and the text, a Python dictionary padded with
/// spaces so that the values begin at a multiple of 64 bytes. Format: numpy.lib.format in NumPy's documentation.
/// </summary>
internal static class NpyWriter
{
    private const int AlignmentBytes = 64;
    private const int PrefixBytes = 10;

    private static ReadOnlySpan<byte> MagicAndVersion => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];

    /// <param name="values">Row-major.</param>
    /// <param name="shape">Dimensions; none for a single number.</param>
    public static void Write(Stream stream, ReadOnlySpan<float> values, ReadOnlySpan<int> shape)
    {
        Check.That(BitConverter.IsLittleEndian);
        stream.Write(Header(shape));
        stream.Write(MemoryMarshal.AsBytes(values));
    }

    private static byte[] Header(ReadOnlySpan<int> shape)
    {
        string text = $"{{'descr': '<f4', 'fortran_order': False, 'shape': {ShapeText(shape)}, }}";
        int length = (PrefixBytes + text.Length + 1 + AlignmentBytes - 1) / AlignmentBytes * AlignmentBytes;
        byte[] header = new byte[length];
        header.AsSpan().Fill((byte)' ');
        MagicAndVersion.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(MagicAndVersion.Length), (ushort)(length - PrefixBytes));
        Encoding.ASCII.GetBytes(text, header.AsSpan(PrefixBytes));
        header[^1] = (byte)'\n';
        return header;
    }

    /// <summary>As Python writes a tuple: (), (3,), (3, 4).</summary>
    private static string ShapeText(ReadOnlySpan<int> shape) =>
        shape.Length == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape.ToArray())})";
}
