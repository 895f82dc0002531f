using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Distributed.Coordinator.Data;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Tests.Data;

public sealed class NpzDatasetTests
{
    private static readonly byte[] TwoLabels = Npz.Array("|u1", "(2,)", [1, 0]);

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void ReadsBothPartsStoredOrDeflated(CompressionLevel level)
    {
        (Dataset train, Dataset? test) = Read(Npz.Small(level));

        Assert.Equal(Enumerable.Range(0, 12).Select(value => (byte)value), train.Bytes!);
        Assert.Equal([1, 0], train.Labels);
        Assert.Equal(6, train.Features);
        Assert.Equal([1], test!.Labels);
        Assert.Equal(2, test.Classes);
    }

    [Fact]
    public void WithoutTestArraysThereIsNoTestSet() =>
        Assert.Null(Read(Npz.File(("x_train.npy", Npz.Array("|u1", "(2, 1)", [1, 2])), ("y_train.npy", TwoLabels))).Test);

    [Theory]
    [InlineData("|b1", "01 00 01 01")]
    [InlineData("|i1", "01 00 01 01")]
    [InlineData("<u2", "0100 0000 0100 0100")]
    [InlineData(">u2", "0001 0000 0001 0001")]
    [InlineData("<i4", "01000000 00000000 01000000 01000000")]
    [InlineData(">i4", "00000001 00000000 00000001 00000001")]
    [InlineData("<i8", "0100000000000000 0000000000000000 0100000000000000 0100000000000000")]
    [InlineData(">u8", "0000000000000001 0000000000000000 0000000000000001 0000000000000001")]
    [InlineData("<f4", "0000803F 00000000 0000803F 0000803F")]
    [InlineData(">f4", "3F800000 00000000 3F800000 3F800000")]
    [InlineData("<f8", "000000000000F03F 0000000000000000 000000000000F03F 000000000000F03F")]
    public void WholeNumbersOfEveryTypeBecomeBytesAndLabels(string descr, string hex)
    {
        byte[] data = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Dataset train = Read(Npz.File(
            ("x_train.npy", Npz.Array(descr, "(2, 2)", data)),
            ("y_train.npy", Npz.Array(descr, "(2,)", data[..(data.Length / 2)])))).Train;
        Assert.Equal([1, 0, 1, 1], train.Bytes!);
        Assert.Equal([1, 0], train.Labels);
    }

    [Fact]
    public void OtherNumbersBecomeFloats()
    {
        float[] values = [0f, 3f, 255f, 256f, -1f, 0.1f];
        Assert.Equal(values, ReadFeatures("<f4", "(2, 3)", Stored(values)).Floats!);
        Assert.Equal([-1f, 1f, 300f, -32768f], ReadFeatures("<i2", "(2, 2)", Stored<short>(-1, 1, 300, -32768)).Floats!);
        Assert.Equal([18446744073709551615f, 0f], ReadFeatures("<u8", "(2, 1)", Stored<ulong>(ulong.MaxValue, 0UL)).Floats!);
    }

    /// <summary>More values than one chunk, with the first that is no byte in a later one.</summary>
    [Fact]
    public void TheTurnFromBytesToFloatsKeepsWhatCameBefore()
    {
        float[] values = [.. Enumerable.Range(0, 20_000).Select(i => i < 15_000 ? i % 256 : i + 0.5f)];
        Dataset data = ReadFeatures("<f4", "(2, 10000)", Stored(values));
        Assert.Equal(values, data.Floats!);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AllVersionsOfTheHeaderAreRead(byte version) =>
        Assert.Equal([7, 8], Features(Npz.Array("|u1", "(2, 1)", [7, 8], version)).Bytes!);

    [Fact]
    public void HalvesAreRead() => Assert.Equal([1.5f, -2f], Features(Npz.Array("<f2", "(2, 1)", [0x00, 0x3E, 0x00, 0xC0])).Floats!);

    [Fact]
    public void LabelsMayStandInAColumn()
    {
        byte[] file = Npz.File(("x_train.npy", Npz.Array("|u1", "(2, 1)", [7, 8])), ("y_train.npy", Npz.Array("|u1", "(2, 1)", [1, 0])));
        Assert.Equal([1, 0], Read(file).Train.Labels);
    }

    [Fact]
    public void WhatIsNoNumpyArrayIsNamed()
    {
        BadFeatures("no numbers"u8.ToArray(), "byte 0", "934E554D5059", "6E6F206E756D");
        BadFeatures([0x93], "ends at byte 1", "NumPy header");
        BadFeatures(Npz.Array("|u1", "(2, 1)", [7, 8], version: 9), "byte 6", "version 9");
        string records = "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2, 1)}";
        BadFeatures(Npz.ArrayWithHeader(records, [7, 8]), "descr", "numpy.save");
        BadFeatures(Npz.ArrayWithHeader("{}", []), "\"{}", "shape");
        BadFeatures(Npz.Array("|O", "(2, 1)", []), "\"|O\"", "astype");
        BadFeatures(Npz.Array("<c8", "(2, 1)", [7, 8, 9, 10]), "\"<c8\"", "f4");
        BadFeatures(Npz.Array("|u1", "(2, 2)", [1, 2, 3, 4], fortranOrder: "True"), "Fortran", "ascontiguousarray");
        BadFeatures(Npz.Array("|u1", "(2, x)", []), "\"x\"", "whole numbers");
        byte[] longHeader = [0x93, .. "NUMPY"u8, 2, 0, 0xFF, 0xFF, 0xFF, 0x7F];
        BadFeatures(longHeader, "byte 8", "2147483647 bytes", $"{DatasetLimits.NpyHeaderBytesMax}");
    }

    [Fact]
    public void ShapesThatCannotBeAreNamed()
    {
        BadFeatures(Npz.Array("|u1", "(2,)", [7, 8]), "(2,)", "(samples, features)");
        BadFeatures(Npz.Array("|u1", "()", [7]), "()", "(samples, features)");
        BadFeatures(Npz.Array("|u1", "(0, 2)", []), "(0, 2)", "empty");
        BadFeatures(Npz.Array("|u1", "(2, 0)", []), "(2, 0)", "1048576 features");
        BadFeatures(Npz.Array("|u1", "(2, 99999999, 99999999)", []), "1048576 features");
        BadFeatures(Npz.Array("|u1", "(9999999999, 1)", []), "(9999999999, 1)", "268435456 samples");
        BadFeatures(Npz.Array("|u1", "(2, 3)", [1, 2, 3, 4, 5]), "(2, 3)", "cut short");
        BadFeatures(Npz.Array("|u1", "(2, 3)", [1, 2, 3, 4, 5, 6, 7]), "(2, 3)", "more bytes follow");
    }

    [Fact]
    public void ValuesThatCannotBeAreNamedWithTheirIndex()
    {
        float[] values = [0, 1, 2, 3, float.NaN, 5];
        BadFeatures(Npz.Array("<f4", "(1, 2, 3)", Stored(values)), "x_train[0,1,1]", "NaN", "finite");
        BadFeatures(Npz.Array("<f8", "(2, 1)", Stored<double>(1, 1e39)), "x_train[1,0]", "1E+39", "3.4e38");
        BadLabels(Npz.Array("|i1", "(2,)", [0, 0xFF]), "y_train[1]", "label -1", "0 to 65535");
        BadLabels(Npz.Array("<f4", "(2,)", Stored<float>(0, 0.5f)), "y_train[1]", "label 0.5", "whole number");
        BadLabels(Npz.Array("<i4", "(2,)", Stored<int>(1 << 20, 0)), "y_train[0]", "label 1048576", "65535");
        BadLabels(Npz.Array("|u1", "(2, 10)", new byte[20]), "(2, 10)", "argmax");
        BadLabels(Npz.Array("|u1", "(3,)", [0, 1, 0]), "2 samples", "3 labels");
    }

    [Fact]
    public void ATestLabelMustBeAClassOfTheTrainingData() => Bad.Input(
        () => Read(Npz.File(
            ("x_train.npy", Npz.Array("|u1", "(2, 1)", [1, 2])),
            ("y_train.npy", TwoLabels),
            ("x_test.npy", Npz.Array("|u1", "(1, 1)", [1])),
            ("y_test.npy", Npz.Array("|u1", "(1,)", [2])))),
        "f.npz: y_test[0]",
        "label 2",
        "0 to 1");

    [Fact]
    public void ArchivesWithoutTheArraysAreNamed()
    {
        Bad.Input(() => Read([]), "f.npz", "empty");
        Bad.Input(() => Read("this is not a zip archive at all"u8.ToArray()), "f.npz", "zip");
        Bad.Input(() => Read(Npz.File(("readme.txt", [1]))), "f.npz", "no NumPy array", "x_train");
        Bad.Input(() => Read(Npz.File(("X_train.npy", [1]))), "f.npz", "no array x_train", "\"X_train\"", "is X_train meant?");
        Bad.Input(() => Read(Npz.File(("x_train.npy", Npz.Array("|u1", "(2, 1)", [7, 8])))), "f.npz", "no array y_train");
    }

    [Fact]
    public void DamageIsNoticed()
    {
        byte[] stored = Npz.Small(CompressionLevel.NoCompression);
        int pixels = stored.AsSpan().IndexOf(new byte[] { 4, 5, 6, 7 });
        stored[pixels] = 99;
        Bad.Input(() => Read(stored), "f.npz: x_train", "checksum");
        Bad.Input(() => Read(Npz.Small()[..^30]), "f.npz", "zip");
    }

    /// <summary>A header of a few bytes cannot make the program reserve gigabytes.</summary>
    [Fact]
    public void APromiseThatTheFileCannotKeepCostsNoMemory()
    {
        byte[] file = Npz.File(("x_train.npy", Npz.Array("<f4", "(1000000, 28, 28)", [1, 2, 3])), ("y_train.npy", TwoLabels));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Bad.Input(() => Read(file), "(1000000, 28, 28)", "cut short");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);

        byte[] lying = Npz.File(("x_train.npy", Npz.Array("|u1", "(1000000, 28, 28)", [1, 2, 3])), ("y_train.npy", TwoLabels));
        DeclareUncompressedSize(lying, uint.MaxValue - 1);
        before = GC.GetAllocatedBytesForCurrentThread();
        Bad.Input(() => Read(lying), "f.npz");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    /// <summary>Sets the size in the first entry of the zip's central directory.</summary>
    private static void DeclareUncompressedSize(byte[] zip, uint size)
    {
        int entry = zip.AsSpan().IndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(entry + 24), size);
    }

    private static byte[] Stored<T>(params T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(values).ToArray();

    private static Dataset ReadFeatures(string descr, string shape, byte[] data) => Features(Npz.Array(descr, shape, data));

    private static Dataset Features(byte[] array) => Read(Npz.File(("x_train.npy", array), ("y_train.npy", TwoLabels))).Train;

    private static void BadFeatures(byte[] array, params string[] facts) => Bad.Input(() => Features(array), ["f.npz: x_train", .. facts]);

    private static void BadLabels(byte[] array, params string[] facts) =>
        Bad.Input(() => Read(Npz.File(("x_train.npy", Npz.Array("|u1", "(2, 1)", [7, 8])), ("y_train.npy", array))), ["f.npz", .. facts]);

    private static (Dataset Train, Dataset? Test) Read(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return NpzDataset.ReadBoth(stream, "f.npz");
    }
}
