using System.Buffers.Binary;
using System.IO.Compression;

namespace Distributed.Coordinator.Tests.Data;

/// <summary>Makes IDX files, good ones and others.</summary>
internal static class Idx
{
    /// <summary>Header and values as given, whether they agree or not.</summary>
    public static byte[] File(uint magic, int[] dimensions, params byte[] values)
    {
        byte[] file = new byte[4 + (4 * dimensions.Length) + values.Length];
        BinaryPrimitives.WriteUInt32BigEndian(file, magic);
        for (int i = 0; i < dimensions.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + (4 * i)), dimensions[i]);
        }

        values.CopyTo(file, 4 + (4 * dimensions.Length));
        return file;
    }

    /// <summary>Images of two by three pixels with the values 0, 1, 2 …</summary>
    public static byte[] Images(int count) => File(0x803, [count, 2, 3], [.. Enumerable.Range(0, 6 * count).Select(value => (byte)value)]);

    public static byte[] Labels(params byte[] labels) => File(0x801, [labels.Length], labels);

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
