using FsCheck;
using FsCheck.Fluent;
using Grpc.Core;
using Grpc.Core.Wire;

namespace Distributed.Compat.Grpc.Tests.StandIn;

/// <summary>The values of the protocol's headers.</summary>
public sealed class EncodingTests
{
    [Theory]
    [InlineData(0, "1m")]
    [InlineData(1, "1m")]
    [InlineData(1500, "1500m")]
    [InlineData(99_999_999, "99999999m")]
    [InlineData(100_000_000, "100000S")]
    public void ATimeoutIsWrittenInAtMostEightDigits(long milliseconds, string expected) =>
        Assert.Equal(expected, GrpcTimeout.Encode(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void ATimeoutNeverShrinksOnTheWay() => Prop.ForAll<long>(ticks =>
    {
        TimeSpan timeout = TimeSpan.FromTicks(Math.Abs(ticks % TimeSpan.FromDays(100_000).Ticks));
        string text = GrpcTimeout.Encode(timeout);
        return text.Length <= 9 && GrpcTimeout.Decode(text) >= timeout;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("1H", 36_000_000_000)]
    [InlineData("1M", 600_000_000)]
    [InlineData("2S", 20_000_000)]
    [InlineData("3m", 30_000)]
    [InlineData("4u", 40)]
    [InlineData("500n", 5)]
    [InlineData("0S", 0)]
    public void EveryUnitIsUnderstood(string text, long ticks) => Assert.Equal(ticks, GrpcTimeout.Decode(text)!.Value.Ticks);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("1")]
    [InlineData("1s")]
    [InlineData("-1S")]
    [InlineData(" 1S")]
    [InlineData("1.5S")]
    [InlineData("999999999S")]
    public void AMalformedTimeoutIsNone(string? text) => Assert.Null(GrpcTimeout.Decode(text));

    [Fact]
    public void TheLongestTimeoutDoesNotOverflow() => Assert.Equal(TimeSpan.FromHours(99_999_999).Ticks, GrpcTimeout.Decode("99999999H")!.Value.Ticks);

    [Theory]
    [InlineData("plain ASCII, with 'quotes'", "plain ASCII, with 'quotes'")]
    [InlineData("100 %", "100 %25")]
    [InlineData("a\nb", "a%0Ab")]
    [InlineData("→ü", "%E2%86%92%C3%BC")]
    public void AStatusMessageIsPercentEncoded(string text, string expected)
    {
        Assert.Equal(expected, PercentEncoding.Encode(text));
        Assert.Equal(text, PercentEncoding.Decode(expected));
    }

    [Fact]
    public void AnyStatusMessageSurvives() => Prop.ForAll<string>(text =>
    {
        string valid = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text ?? ""));
        string encoded = PercentEncoding.Encode(valid);
        return encoded.All(c => c is >= ' ' and <= '~') && PercentEncoding.Decode(encoded) == valid;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("AAH+/w==")]
    [InlineData("AAH+/w")]
    public void BinaryMetadataMayLackItsPadding(string text)
    {
        var metadata = new Metadata();
        MetadataHeaders.Add(metadata, "digest-bin", $"{text}, {text}");
        Assert.All(metadata, entry => Assert.Equal(new byte[] { 0, 1, 254, 255 }, entry.ValueBytes));
        Assert.Equal(2, metadata.Count);
    }

    [Fact]
    public void BinaryMetadataThatIsNotBase64IsAnError() =>
        Assert.Throws<RpcException>(() => MetadataHeaders.Add([], "digest-bin", "AAAAA"));
}
