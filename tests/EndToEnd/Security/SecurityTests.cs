using System.Net;
using System.Net.Sockets;
using Distributed.EndToEnd.Processes;
using Distributed.Worker;
using static Distributed.EndToEnd.Processes.RunningProgram;

namespace Distributed.EndToEnd.Security;

/// <summary>What strangers try at an open port: each is turned away with a reason, and the run goes on to the same bytes.</summary>
public sealed class SecurityTests : IDisposable
{
    private const string Token = "correct-horse-battery-staple";

    private readonly TestFolder _folder = new();
    private readonly int _port = FreePort.Take();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0.0.0.0:7600", "needs a join token")]
    [InlineData("7600", "give HOST:PORT")]
    [InlineData("127.0.0.1:99999", "a port from 1 to 65535")]
    public async Task AnUnsafeAddressIsRefused(string listen, string reason)
    {
        Result result = await RefusedAsync("--listen", listen);
        Assert.Contains(reason, result.Error);
    }

    [Fact]
    public async Task TlsAndTokenAreBothNeededForOtherMachines()
    {
        string token = WriteToken();
        Assert.Contains("needs TLS", (await RefusedAsync("--listen", $"0.0.0.0:{_port}", "--join-token-file", token)).Error);
        File.WriteAllText(token, "short");
        Assert.Contains("has 5 characters", (await RefusedAsync("--listen", $"0.0.0.0:{_port}", "--join-token-file", token)).Error);
    }

    [Fact]
    public async Task APortInUseIsNamed()
    {
        using var holder = new TcpListener(IPAddress.Loopback, _port);
        holder.Start();
        Assert.Contains($"--listen 127.0.0.1:{_port}: another program uses the port", (await RefusedAsync("--listen", $"127.0.0.1:{_port}")).Error);
    }

    [Fact]
    public async Task StrangersAreTurnedAwayAndTheRunGoesOn()
    {
        using var authority = new TestAuthority(_folder, "authority");
        using var stranger = new TestAuthority(_folder, "stranger");
        (string certificate, string key) = authority.Issue("coordinator");
        (string workerCertificate, string workerKey) = authority.Issue("worker");
        (string strangeCertificate, string strangeKey) = stranger.Issue("worker");
        string token = WriteToken();
        var run = new LongRun(_folder, epochs: 6);
        await using RunningProgram coordinator = StartCoordinator(
        [
            .. run.Arguments, "--workers", "1", "--listen", $"0.0.0.0:{_port}", "--join-token-file", token,
            "--tls-certificate", certificate, "--tls-key", key, "--tls-ca", authority.File, "--run-dir", _folder.NewRun(),
        ]);
        await coordinator.SaysAsync("listening on");
        string[] own = ["--tls-ca", authority.File, "--tls-certificate", workerCertificate, "--tls-key", workerKey];
        string[] strange = ["--tls-ca", authority.File, "--tls-certificate", strangeCertificate, "--tls-key", strangeKey];
        Assert.Contains("FAIL  token: this coordinator asks for a join token", await CheckAsync(null, own));
        Assert.Contains("FAIL  token: the join token is not", await CheckAsync("wrong-token-of-some-length", own));
        Assert.Contains("FAIL  TLS", await CheckAsync(Token, "--insecure"));
        Assert.Contains("FAIL  TLS", await CheckAsync(Token, "--tls-ca", stranger.File));
        Assert.Contains("FAIL  TLS", await CheckAsync(Token, strange));
        Assert.Contains("FAIL  TLS", await CheckAsync(Token, "--tls-ca", authority.File));
        string good = await CheckAsync(Token, own);
        Assert.Contains("ok    throughput", good);
        Assert.Matches(@"answers after .* ms, from (127\.0\.0\.1|\[::1\]):\d+", good);
        await using RunningProgram nameless = StartWorker("--coordinator", $"localhost:{_port}", "--join-token-file", token, "--tls-ca", authority.File);
        await nameless.SaysAsync("give --tls-certificate and --tls-key", times: 3);
        Assert.DoesNotContain("   at ", nameless.Error);
        await using RunningProgram worker = StartWorker(["--coordinator", $"localhost:{_port}", "--join-token-file", token, .. own]);
        Result result = await coordinator.EndWellAsync();
        Assert.Equal(await run.DigestAsync(), result.Digest);
        Assert.DoesNotContain(Token, result.Error);
    }

    [Fact]
    public async Task GarbageSilenceAndACrowdDoNotStopARun()
    {
        var run = new LongRun(_folder, epochs: 30);
        await using RunningProgram coordinator = StartCoordinator(
            [.. run.Arguments, "--workers", "1", "--listen", $"127.0.0.1:{_port}", "--run-dir", _folder.NewRun()]);
        await coordinator.SaysAsync("listening on");
        var crowd = new List<Socket>();
        try
        {
            byte[] garbage = new byte[4096];
            new System.Random(1).NextBytes(garbage);
            for (int i = 0; i < 1000; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, _port);
                crowd.Add(socket);
                if (i % 3 == 0)
                {
                    await socket.SendAsync(garbage);
                }
            }

            await using RunningProgram worker = StartWorker("--coordinator", $"127.0.0.1:{_port}");
            Assert.Equal(await run.DigestAsync(), (await coordinator.EndWellAsync()).Digest);
        }
        finally
        {
            crowd.ForEach(socket => socket.Dispose());
        }
    }

    private string WriteToken()
    {
        string path = _folder.File("token");
        File.WriteAllText(path, Token + "\n");
        return path;
    }

    private async Task<Result> RefusedAsync(params string[] arguments)
    {
        await using RunningProgram coordinator = StartCoordinator(
            [.. new LongRun(_folder, epochs: 1).Arguments, "--workers", "1", "--run-dir", _folder.NewRun(), .. arguments]);
        Result result = await coordinator.EndAsync();
        Assert.True(result.ExitCode == 2, $"exit code {result.ExitCode}: {result.Error}");
        return result;
    }

    /// <summary>What worker --check prints, asked for within this process.</summary>
    private async Task<string> CheckAsync(string? token, params string[] arguments)
    {
        var reader = new WorkerOptionsReader();
        WorkerOptions options = reader.Read(
            reader.Command.Parse(["--coordinator", $"127.0.0.1:{_port}", "--check", .. arguments]), _ => token, "checker", 1, "unused", null);
        var lines = new System.Text.StringBuilder();
        await new CoordinatorCheck(options, TimeProvider.System, line => lines.AppendLine(line)).RunAsync(CancellationToken.None);
        return lines.ToString();
    }
}
