using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Distributed.Coordinator.Reports;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Tests.Reports;

public sealed class PictureTests
{
    /// <summary>Decoded here by the PNG specification: signature, then chunks of length, type, data and CRC.</summary>
    [Fact]
    public void A_picture_decodes_to_its_pixels()
    {
        byte[] pixels = [.. Enumerable.Range(0, 49).Select(pixel => (byte)(pixel * 5))];
        byte[] png = GrayPng.Encode(new SamplePicture(7, pixels));
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        Dictionary<string, byte[]> chunks = Chunks(png);
        Assert.Equal([0, 0, 0, 7, 0, 0, 0, 7, 8, 0, 0, 0, 0], chunks["IHDR"]);
        using var zlib = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zlib.CopyTo(rows);
        Assert.Equal(pixels.Chunk(7).SelectMany(row => row.Prepend((byte)0)), rows.ToArray());
    }

    /// <summary>The well-known checksum of an empty IEND chunk.</summary>
    [Fact]
    public void Chunks_carry_their_checksum()
    {
        byte[] png = GrayPng.Encode(new SamplePicture(5, new byte[25]));
        Assert.Equal([0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82], png[^12..]);
    }

    [Theory]
    [InlineData(784, 28)]
    [InlineData(25, 5)]
    [InlineData(783, 0)]
    [InlineData(16, 0)]
    [InlineData(1, 0)]
    public void Only_squares_of_a_picture_size_are_pictures(int features, int side)
    {
        SamplePicture? picture = SamplePicture.Of(Dataset.OfBytes(features, 2, new byte[2 * features], [0, 1]), 1);
        Assert.Equal(side, picture?.Side ?? 0);
    }

    [Fact]
    public void Floats_are_stretched_to_their_own_range()
    {
        float[] features = [.. Enumerable.Repeat(-1f, 25), .. Enumerable.Repeat(2f, 24), 4f];
        Dataset data = Dataset.OfFloats(25, 2, features, [0, 1]);
        Assert.All(SamplePicture.Of(data, 0)!.Pixels, pixel => Assert.Equal(0, pixel));
        Assert.Equal([.. new byte[24], 255], SamplePicture.Of(data, 1)!.Pixels);
    }

    [Fact]
    public void The_surest_mistakes_are_kept_whatever_their_order()
    {
        Misread[] samples = [.. Enumerable.Range(0, 40).Select(index => new Misread(index, 1, index % 3, (index * 7 % 40) / 40f))];
        int[] forward = Keep(samples);
        Assert.Equal(forward, Keep([.. samples.Reverse()]));
        IEnumerable<Misread> surest = samples.Where(sample => sample.Prediction != 1).OrderByDescending(sample => sample.Probability);
        Assert.Equal(forward, surest.Take(5).Select(sample => sample.Index));
        Assert.Equal([1, 2], Keep([new Misread(2, 0, 1, 0.5f), new Misread(1, 0, 1, 0.5f)]));
    }

    private static int[] Keep(Misread[] samples)
    {
        var selection = new MisreadSelection(5);
        foreach (Misread sample in samples)
        {
            selection.Offer(sample);
        }

        return [.. selection.Worst.Select(sample => sample.Index)];
    }

    private static Dictionary<string, byte[]> Chunks(byte[] png)
    {
        var chunks = new Dictionary<string, byte[]>();
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            chunks.Add(Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            at += 12 + length;
        }

        return chunks;
    }
}
