using System.IO.Compression;
using System.Text;
using Distributed.Coordinator.Data;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Data;

public sealed class SingleSampleTests
{
    /// <summary>Three images of 2×2 pixels.</summary>
    private static readonly byte[] Idx = [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2, .. Enumerable.Range(200, 12).Select(pixel => (byte)pixel)];

    [Fact]
    public void An_image_of_an_idx_file_packed_or_not()
    {
        SingleSample sample = Read(Idx, index: 1);
        Assert.Equal([204, 205, 206, 207], sample.Features.Bytes!);
        Assert.Equal((null, "image 1 of 3 in it"), (sample.Label, sample.Name));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Idx);
        }

        Assert.Equal(sample.Features.Bytes!, Read(packed.ToArray(), index: 1).Features.Bytes!);
    }

    [Fact]
    public void Raw_bytes_one_sample_or_several()
    {
        Assert.Equal([0, 0, 8, 3], Read([0, 0, 8, 3]).Features.Bytes!);
        Assert.Equal("it", Read([0, 0, 8, 3]).Name);
        SingleSample second = Read([1, 2, 3, 4, 5, 6, 7, 8], index: 1);
        Assert.Equal([5, 6, 7, 8], second.Features.Bytes!);
        Assert.Equal("sample 1 of 2 in it", second.Name);
    }

    [Theory]
    [InlineData("1,2.5,-3,4e2", 0, null, null, "line 1 of it")]
    [InlineData("7,1,2.5,-3,4e2\n", 0, null, 7, "line 1 of it")]
    [InlineData("a;b;c;d;kind\n9;9;9;9;1\n\n1;2.5;-3;400;6", 1, "kind", 6, "line 4 of it")]
    [InlineData("\uFEFF\"a\",b,c,d\r\n1,2.5,-3,400\r\n", 0, null, null, "line 2 of it")]
    [InlineData("1,2.5,2,-3,400", 0, "3", 2, "line 1 of it")]
    public void A_row_of_a_table_with_or_without_header_and_label(string text, int index, string? labelColumn, int? label, string name)
    {
        SingleSample sample = Read(Encoding.UTF8.GetBytes(text), index, labelColumn);
        Assert.Equal([1f, 2.5f, -3f, 400f], sample.Features.Floats!);
        Assert.Equal((label, name), (sample.Label, sample.Name));
    }

    [Theory]
    [InlineData("", 0, null, "it is empty; an image of an IDX file, a CSV row or 4 raw bytes are expected")]
    [InlineData("\u0001\u0002\u0003", 0, null, "it holds 3 bytes, and the model takes 4 features (2×2), one raw byte each; ")]
    [InlineData("\u0001\u0002\u0003\u0004", 1, null, "--index must be 0, since there is 1 sample in it, not 1")]
    [InlineData("\u0001\u0002\u0003\u0004", 0, "2", "--label-column 2: only CSV files have columns, and it is none; leave the option out")]
    [InlineData("1,2,3", 0, null, "it has 3 columns, but the model takes 4 features: a row needs 4 columns, or one more with a label")]
    [InlineData("1,2,3,4", 0, "2", "--label-column 2: it has 4 columns, which are all features; leave the option out")]
    [InlineData("1,2,3,4\n5,6,7", 1, null, "it, line 2: another number of fields than the 4 of the first line")]
    [InlineData("1,2,3,4\n5,6,7,8,9", 1, null, "it, line 2: another number of fields than the 4 of the first line")]
    [InlineData("1,2,3,4\n5,6,,8", 1, null, "it, line 2, column 3: \"\" is not a number; ")]
    [InlineData("1,2,3,4\n5,6,nan,8", 1, null, "it, line 2, column 3: \"nan\" is not a number; ")]
    [InlineData("0.5,1,2,3,4", 0, null, "it, line 1, column 1: label \"0.5\" is not allowed; a label is a whole number from 0 to 65535")]
    [InlineData("1,2,3,4\n5,6,7,8\n", 2, null, "--index must be from 0 to 1, since there are 2 rows in it, not 2")]
    [InlineData("a,b,c,d\n", 0, null, "it: there is a header line but no row after it.")]
    [InlineData("PK\u0003\u0004", 0, null, "it holds NumPy arrays; give samples in an .npz with --data it")]
    public void What_is_no_sample_is_refused(string text, int index, string? labelColumn, string beginning) => Assert.StartsWith(
        beginning, Assert.Throws<InputException>(() => Read(Encoding.UTF8.GetBytes(text), index, labelColumn)).Message, StringComparison.Ordinal);

    [Fact]
    public void Pictures_and_other_idx_files_are_named()
    {
        Assert.Contains("-resize 2x2!", Refused([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10]), StringComparison.Ordinal);
        Assert.StartsWith("it is a JPEG picture", Refused([0xFF, 0xD8, 0xFF, 0xE0]), StringComparison.Ordinal);
        Assert.Contains("1 dimensions are declared, but images have", Refused([0, 0, 8, 1, 0, 0, 0, 1, 7]), StringComparison.Ordinal);
        Assert.Contains("too few for the 3×2×2 values", Refused(Idx[..^1]), StringComparison.Ordinal);
        Assert.Equal("--index must be from 0 to 2, since there are 3 images in it, not 3", Refused(Idx, index: 3));
        byte[] wide = [.. Idx[..15], 3, .. new byte[18]];
        Assert.Equal("the images in it have 6 pixels each, but the model takes 4 features", Refused(wide));
    }

    private static string Refused(byte[] content, int index = 0) => Assert.Throws<InputException>(() => Read(content, index)).Message;

    private static SingleSample Read(byte[] content, int index = 0, string? labelColumn = null)
    {
        using var stream = new MemoryStream(content);
        return SingleSample.Read(stream, "it", features: 4, index, labelColumn);
    }
}
