using Distributed.Protocol;

namespace Distributed.Worker.Tests;

/// <summary>The worker's command line: what is understood, and the sentence when it is not.</summary>
public sealed class WorkerOptionsTests
{
    [Fact]
    public void AnAddressIsEnough()
    {
        WorkerOptions options = Read(null, "--coordinator", "10.0.0.7:7600");
        Assert.Equal(("10.0.0.7", 7600, "me", 4), (options.Host, options.Port, options.Name, options.Threads));
        Assert.False(options.UsesTls);
        Assert.Equal("[::1]:7600", Read(null, "--coordinator", "[::1]:7600").Address);
    }

    [Theory]
    [InlineData("--coordinator HOST:PORT is missing")]
    [InlineData("give HOST:PORT", "--coordinator", "host")]
    [InlineData("give HOST:PORT", "--coordinator", ":7600")]
    [InlineData("give HOST:PORT", "--coordinator", "host:0")]
    [InlineData("give HOST:PORT", "--coordinator", "host:65536")]
    [InlineData("give HOST:PORT", "--coordinator", "a b:7600")]
    [InlineData("--threads 0", "--coordinator", "host:1", "--threads", "0")]
    [InlineData("--threads many", "--coordinator", "host:1", "--threads", "many")]
    [InlineData("--nonsense", "--coordinator", "host:1", "--nonsense")]
    [InlineData("cannot be read", "--coordinator", "host:1", "--join-token-file", "no-such-file")]
    [InlineData("belong together", "--coordinator", "host:1", "--tls-certificate", "no-such-file")]
    [InlineData("cannot be read", "--coordinator", "host:1", "--tls-ca", "no-such-file")]
    [InlineData("--cluster needs --seed-node", "--cluster")]
    [InlineData("--cluster and --coordinator do not go together", "--cluster", "--coordinator", "host:1", "--seed-node", "host:2")]
    [InlineData("--role has no effect without --cluster", "--coordinator", "host:1", "--role", "worker")]
    public void AWrongLineIsOneSentence(string expected, params string[] arguments)
    {
        InputException error = Assert.Throws<InputException>(() => Read(null, arguments));
        Assert.Contains(expected, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void ATokenDoesNotTravelUnencryptedByAccident()
    {
        const string Token = "a-token-of-some-length";
        Assert.Contains("unencrypted", Assert.Throws<InputException>(() => Read(Token, "--coordinator", "host:1")).Message);
        Assert.Equal(Token, Read(Token, "--coordinator", "host:1", "--insecure").JoinToken);
        Assert.Equal(Token, Read(Token, "--coordinator", "127.0.0.1:1").JoinToken);
        Assert.Equal(Token, Read(Token, "--coordinator", "host:1", "--tls").JoinToken);
    }

    [Fact]
    public void AClusterStandsInForTheAddress()
    {
        WorkerOptions options = Read(null, "--cluster", "--role", "worker", "--seed-node", "10.0.0.7:7601,10.0.0.8:7601");
        Assert.Equal(2, options.Cluster!.SeedNodes.Count);
        InputException open = Assert.Throws<InputException>(() => Read("a-token-of-some-length", "--cluster", "--seed-node", "10.0.0.7:1"));
        Assert.Contains("unencrypted", open.Message);
    }

    private static WorkerOptions Read(string? token, params string[] arguments)
    {
        var reader = new WorkerOptionsReader();
        return reader.Read(reader.Command.Parse(arguments), _ => token, "me", 4, "cache", null);
    }
}
