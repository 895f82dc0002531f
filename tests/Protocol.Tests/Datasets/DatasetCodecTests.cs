using System.Buffers.Binary;
using Distributed.Protocol.Datasets;
using FsCheck;
using FsCheck.Fluent;

namespace Distributed.Protocol.Tests.Datasets;

public sealed class DatasetCodecTests
{
    private static readonly Dataset Bytes = Dataset.OfBytes(3, 4, [0, 1, 2, 253, 254, 255], [3, 0]);
    private static readonly Dataset Floats = Dataset.OfFloats(2, 2, [0.5f, -0f, float.MaxValue, 1e-45f], [1, 0]);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhatIsWrittenIsRead(bool bytes)
    {
        Dataset written = bytes ? Bytes : Floats;
        byte[] encoded = Encode(written);
        Assert.Equal(DatasetCodec.EncodedBytes(written), encoded.Length);

        Dataset read = Decode(encoded);
        Assert.Equal(written.ComputeDigest(), read.ComputeDigest());
        Assert.Equal(written.Bytes, read.Bytes);
        Assert.Equal(written.Floats?.Select(BitConverter.SingleToInt32Bits), read.Floats?.Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(written.Labels, read.Labels);
        Assert.Equal(written.Features, read.Features);
        Assert.Equal(written.Classes, read.Classes);
    }

    [Fact]
    public void TheEncodingIsCanonical() => Assert.Equal(
        "44444154415345540100000003000000040000000200000001000000" + "000102fdfeff" + "0300000000000000" + Bytes.ComputeDigest().Hex,
        Convert.ToHexStringLower(Encode(Bytes)));

    [Fact]
    public void ReadsNoFurtherThanTheDataset()
    {
        using var stream = new MemoryStream([.. Encode(Bytes), 1, 2, 3]);
        DatasetCodec.Read(stream, stream.Length, "peer");
        Assert.Equal(3, stream.Length - stream.Position);
    }

    [Fact]
    public void OtherBytesAreRefused()
    {
        Refused([.. "PNG"u8, .. Encode(Bytes)], "byte 0", "DDATASET");
        Refused(With(Bytes, 8, 2), "byte 8", "format 2", "format 1");
        Refused(With(Bytes, 12, 0), "0 features", "1048576 features");
        Refused(With(Bytes, 12, -5), "-5 features");
        Refused(With(Bytes, 16, 0), "0 classes", "65536 classes");
        Refused(With(Bytes, 16, 1 << 20), "1048576 classes");
        Refused(With(Bytes, 20, -1), "-1 samples", "268435456 samples");
        Refused(With(Bytes, 24, 2), "2 bytes each", "1 or 4 bytes");
        Refused(With(Bytes, 16, 3), "label of sample 0 is 3", "0 to 2");
        Refused(With(Bytes, 30, 99), "digest");
        Refused([], "byte 0");
    }

    [Fact]
    public void APromiseThatTheStreamCannotKeepCostsNoMemory()
    {
        byte[] encoded = With(Bytes, 20, 100_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused(encoded, "promises 700000060 bytes", $"{encoded.Length} are there");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void EveryTruncationAndEveryFlippedBitIsRefused()
    {
        byte[] good = Encode(Floats);
        Assert.All(Enumerable.Range(0, good.Length), length => Assert.Throws<InputException>(() => Decode(good[..length])));
        Gen<int> bits = Gen.Choose(0, (good.Length * 8) - 1);
        Prop.ForAll(bits.ToArbitrary(), bit =>
        {
            byte[] flipped = [.. good];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<InputException>(() => Decode(flipped));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    private static byte[] With(Dataset dataset, int offset, int value)
    {
        byte[] encoded = Encode(dataset);
        BinaryPrimitives.WriteInt32LittleEndian(encoded.AsSpan(offset), value);
        return encoded;
    }

    private static byte[] Encode(Dataset dataset)
    {
        using var stream = new MemoryStream();
        DatasetCodec.Write(dataset, stream);
        return stream.ToArray();
    }

    private static Dataset Decode(byte[] encoded)
    {
        using var stream = new MemoryStream(encoded);
        return DatasetCodec.Read(stream, encoded.Length, "peer");
    }

    private static void Refused(byte[] encoded, params string[] facts)
    {
        var error = Assert.Throws<InputException>(() => Decode(encoded));
        Assert.All(["peer", .. facts], fact => Assert.Contains(fact, error.Message, StringComparison.Ordinal));
    }
}
