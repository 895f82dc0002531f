using Distributed.Coordinator.Checkpoints;
using Distributed.Protocol;
using FsCheck;
using FsCheck.Fluent;

namespace Distributed.Coordinator.Tests.Checkpoints;

public sealed class SafetensorsReaderTests
{
    private const string Pair = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[],"data_offsets":[8,9]}}""";

    [Fact]
    public void Reads_what_the_format_allows()
    {
        SafetensorsFile file = Read(Pair + "   ", 9);
        Assert.Equal(["a", "b"], file.Entries.Select(entry => entry.Name));
        Assert.Equal("[2]", file.Entries[0].ShapeText);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], file.Bytes("a").ToArray());
        Assert.Equal([8], file.Bytes("b").ToArray());
        Assert.False(file.IsSealed);
        Assert.Empty(Read("{}", 0).Entries);
        Assert.Equal("v", Read("""{"__metadata__":{"k":"v"}}""", 0).Metadata["k"]);
        Assert.Empty(Read("""{"empty":{"dtype":"F64","shape":[0,7],"data_offsets":[0,0]}}""", 0).Bytes("empty").ToArray());
        const string backwards = """{"b":{"shape":[1],"data_offsets":[4,8],"dtype":"F32"},"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}""";
        Assert.Equal([0, 1, 2, 3], Read(backwards, 8).Bytes("a").ToArray());
    }

    [Theory]
    [InlineData(Pair, 8, "cut short")]
    [InlineData(Pair, 10, "10 follow the header")]
    [InlineData("", 0, "not valid JSON")]
    [InlineData("[]", 0, "the header")]
    [InlineData("{", 0, "not valid JSON")]
    [InlineData("{}{}", 0, "not valid JSON")]
    [InlineData("""{"a":1}""", 0, "tensor 'a'")]
    [InlineData("""{"a":{}}""", 0, "no dtype")]
    [InlineData("""{"a":{"dtype":"F32"}}""", 0, "no shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "no pair of data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "no pair of data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4, "more than 2 numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}""", 4, "'x' twice or unexpectedly")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "'dtype' twice")]
    [InlineData("""{"a":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}""", 4, "unknown dtype 'F33'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "needs 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "whole numbers from 0 up")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "whole numbers from 0 up")]
    [InlineData("""{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4, "whole numbers from 0 up")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", 4, "more than 8 numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807],"data_offsets":[0,4]}}""", 4, "needs 9223372036854775807")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[4,0]}}""", 4, "data_offsets are 4 to 0")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "begins at data byte 1, where 0 is next")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "where 2 is next")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, "two tensors named 'a'")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", 0, "__metadata__ twice")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "__metadata__ 'a'")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", 0, "'a' twice")]
    [InlineData("""{"__metadata__":{"a":"\ud800"}}""", 0, "not valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}""", 4, "not valid JSON")]
    [InlineData("""{"__metadata__":{"file_digest":"12"}}""", 0, "not what was written")]
    public void Refuses_the_rest_and_says_why(string header, int dataBytes, string expected)
    {
        string message = Assert.Throws<InputException>(() => Read(header, dataBytes)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.StartsWith("'there' cannot be used: ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { }, "it has 0 bytes")]
    [InlineData(new byte[] { 1, 0, 0, 0 }, "it has 4 bytes")]
    [InlineData(new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d }, "header of 3 bytes, and 2 are possible")]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, 0x7b }, "header of 18446744073709551615 bytes, and 1 are possible")]
    public void Refuses_an_impossible_length(byte[] bytes, string expected)
    {
        using var stream = new MemoryStream(bytes);
        Assert.Contains(expected, Assert.Throws<InputException>(() => SafetensorsReader.Read(stream, "there")).Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Any bytes give a file or a sentence, never another exception; most mutations of a good header get deep into the parser.
    /// </summary>
    [Fact]
    public void Mutated_headers_never_crash_it()
    {
        byte[] good = Resealed.Join(Pair, new byte[9]);
        Arbitrary<(int, byte)[]> mutations = ArbMap.Default.ArbFor<(int, byte)[]>();
        Prop.ForAll(mutations, changes =>
        {
            byte[] bytes = [.. good];
            foreach ((int position, byte value) in changes)
            {
                bytes[(uint)position % (uint)bytes.Length] = value;
            }

            using var stream = new MemoryStream(bytes);
            try
            {
                _ = SafetensorsReader.Read(stream, "there");
            }
            catch (InputException exception)
            {
                return exception.Message.Length > 0;
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static SafetensorsFile Read(string header, int dataBytes)
    {
        byte[] data = [.. Enumerable.Range(0, dataBytes).Select(index => (byte)index)];
        using var stream = new MemoryStream(Resealed.Join(header, data));
        return SafetensorsReader.Read(stream, "there");
    }
}
