using Distributed.Coordinator.Data;

namespace Distributed.Coordinator.Tests.Data;

public sealed class Crc32Tests
{
    /// <summary>The check value that catalogues of checksums give for CRC-32/ISO-HDLC.</summary>
    [Fact]
    public void MatchesTheCatalogue() => Assert.Equal(0xCBF43926u, Of("123456789"u8, 0));

    [Fact]
    public void DoesNotDependOnHowTheBytesArrive()
    {
        byte[] bytes = [.. Enumerable.Range(0, 100).Select(i => (byte)(i * 37))];
        Assert.All(Enumerable.Range(1, 99), split => Assert.Equal(Of(bytes, 0), Of(bytes, split)));
    }

    private static uint Of(ReadOnlySpan<byte> bytes, int split)
    {
        var checksum = new Crc32();
        checksum.Add(bytes[..split]);
        checksum.Add(bytes[split..]);
        return checksum.Value;
    }
}
