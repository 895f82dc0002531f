using Distributed.Coordinator.Data;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Tests.Data;

public sealed class IdxReaderTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadsImagesPlainOrPackedByTheirFirstBytes(bool packed)
    {
        IdxImages images = Images(packed ? Idx.Gzip(Idx.Images(4)) : Idx.Images(4));

        Assert.Equal(4, images.Count);
        Assert.Equal(6, images.Features);
        Assert.Equal(Enumerable.Range(0, 24).Select(value => (byte)value), images.Pixels);
    }

    [Fact]
    public void AnyNumberOfDimensionsAfterTheFirstMakesTheFeatures()
    {
        Assert.Equal(5, Images(Idx.File(0x802, [2, 5], new byte[10])).Features);
        Assert.Equal(12, Images(Idx.File(0x804, [2, 2, 2, 3], new byte[24])).Features);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadsLabels(bool packed) =>
        Assert.Equal([3, 0, 255], Labels(packed ? Idx.Gzip(Idx.Labels(3, 0, 255)) : Idx.Labels(3, 0, 255)));

    [Fact]
    public void ATestLabelMustBeAClassOfTheTrainingData()
    {
        LabelRule rule = LabelRule.TestFor(Dataset.OfBytes(1, 3, [0, 0, 0], [0, 1, 2]));
        Assert.Equal([2, 1], Labels(Idx.Labels(2, 1), rule));
        Bad.Input(() => Labels(Idx.Labels(2, 1, 3), rule), "f.idx", "byte 10", "label 3", "sample 2", "0 to 2");
    }

    [Fact]
    public void WrongMagicNumbersAreNamed()
    {
        Bad.Input(() => Images("P5 28 28 pixels"u8.ToArray()), "f.idx", "byte 0", "0x50352032", "0x00000803");
        Bad.Input(() => Images(Idx.File(0xD03, [1, 1, 1], new byte[4])), "byte 2", "0x0D", "0x08");
        Bad.Input(() => Images(Idx.Labels(1, 2)), "byte 3", "1 dimensions", "0x00000803");
        Bad.Input(() => Labels(Idx.Images(1)), "byte 3", "3 dimensions", "0x00000801");
    }

    [Fact]
    public void AFileThatEndsEarlySaysWhere()
    {
        byte[] whole = Idx.Images(4);
        Bad.Input(() => Images(whole[..^1]), "f.idx", "39 bytes", "4×2×3", "40 bytes");
        Bad.Input(() => Images(whole[..9]), "f.idx", "byte 9", "header");
        Bad.Input(() => Images([]), "f.idx", "empty");
        Bad.Input(() => Images(Idx.Gzip(whole)[..^12]), "f.idx");
        Bad.Input(() => Images(Idx.Gzip(whole[..^1])), "f.idx", "ends at byte 39", "to byte 40", "4×2×3");
    }

    [Fact]
    public void AFileThatGoesOnSaysWhere()
    {
        Bad.Input(() => Images([.. Idx.Images(4), 7]), "f.idx", "more bytes follow byte 40", "4×2×3");
        Bad.Input(() => Images(Idx.Gzip([.. Idx.Images(4), 7])), "f.idx", "more bytes follow byte 40");
    }

    [Fact]
    public void DamagedGzipIsNoticed()
    {
        byte[] packed = Idx.Gzip(Idx.Images(40));
        packed[packed.Length / 2] ^= 0x10;
        Bad.Input(() => Images(packed), "f.idx");

        byte[] wrongChecksum = Idx.Gzip(Idx.Images(40));
        wrongChecksum[^6] ^= 1;
        Bad.Input(() => Images(wrongChecksum), "f.idx", "damaged");
    }

    [Fact]
    public void ZeroAndHugeDimensionsAreRefused()
    {
        Bad.Input(() => Images(Idx.File(0x803, [0, 2, 3])), "byte 4", "dimension 1 is 0");
        Bad.Input(() => Images(Idx.File(0x803, [2, 0, 3])), "byte 8", "dimension 2 is 0");
        Bad.Input(() => Images(Idx.File(0x803, [-1, 2, 3])), "byte 4", "4294967295");
        Bad.Input(() => Images(Idx.File(0x803, [1, int.MaxValue, int.MaxValue])), "2147483647×2147483647", "1048576 features");
        Bad.Input(() => Images(Idx.File(0x803, [int.MaxValue, 1, 1])), "2147483647×1×1", "268435456 samples");
        Bad.Input(() => Images(Idx.File(0x809, [1, 1, 1, 1, 1, 1, 1, 1, 1])), "byte 3", "9 dimensions");
    }

    /// <summary>A few bytes cannot make the program reserve gigabytes.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void APromiseThatTheFileCannotKeepCostsNoMemory(bool packed)
    {
        byte[] file = Idx.File(0x803, [1_000_000, 28, 28], new byte[100]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Bad.Input(() => Images(packed ? Idx.Gzip(file) : file), "1000000×28×28", "784000016 bytes");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static IdxImages Images(byte[] file)
    {
        using ByteSource source = ByteSource.Open(new MemoryStream(file), "f.idx");
        return IdxReader.ReadImages(source);
    }

    private static int[] Labels(byte[] file, LabelRule? rule = null)
    {
        using ByteSource source = ByteSource.Open(new MemoryStream(file), "f.idx");
        return IdxReader.ReadLabels(source, rule ?? LabelRule.Training);
    }
}
