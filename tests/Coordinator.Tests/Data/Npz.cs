using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Distributed.Coordinator.Tests.Data;

/// <summary>Makes NPZ files, good ones and others.</summary>
internal static class Npz
{
    /// <summary>An array with a header of the given version and whatever text and data.</summary>
    public static byte[] Array(string descr, string shape, byte[] data, byte version = 1, string fortranOrder = "False")
    {
        string text = $"{{'descr': '{descr}', 'fortran_order': {fortranOrder}, 'shape': {shape}, }}";
        return ArrayWithHeader(text, data, version);
    }

    public static byte[] ArrayWithHeader(string text, byte[] data, byte version = 1)
    {
        byte[] header = Encoding.UTF8.GetBytes(text + "\n");
        byte[] length = new byte[version == 1 ? 2 : 4];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. header, .. data];
    }

    public static byte[] File(params (string Name, byte[] Content)[] arrays) => File(CompressionLevel.Optimal, arrays);

    public static byte[] File(CompressionLevel level, params (string Name, byte[] Content)[] arrays)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in arrays)
            {
                using Stream entry = zip.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return file.ToArray();
    }

    /// <summary>Two training samples of 2×3 bytes (0 … 11) with labels 1 and 0, and one test sample (all 5) with label 1.</summary>
    public static byte[] Small(CompressionLevel level = CompressionLevel.Optimal) => File(
        level,
        ("x_train.npy", Array("|u1", "(2, 2, 3)", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])),
        ("y_train.npy", Array("|u1", "(2,)", [1, 0])),
        ("x_test.npy", Array("|u1", "(1, 2, 3)", [5, 5, 5, 5, 5, 5])),
        ("y_test.npy", Array("|u1", "(1,)", [1])));
}
