using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Distributed.EndToEnd.Processes;
using static Distributed.EndToEnd.Processes.RunningProgram;

namespace Distributed.EndToEnd.Security;

/// <summary>A dashboard that other machines can reach asks for its token and speaks TLS.</summary>
public sealed class DashboardSecurityTests : IDisposable
{
    private const string Token = "correct-horse-battery-staple";

    private readonly TestFolder _folder = new();
    private readonly int _port = FreePort.Take();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WithoutTokenAndTlsItIsRefused()
    {
        using var authority = new TestAuthority(_folder, "authority");
        (string certificate, string key) = authority.Issue("coordinator");
        string[] tls = ["--tls-certificate", certificate, "--tls-key", key];
        string token = WriteToken(Token);
        Assert.Contains("needs a token (--dashboard-token FILE, or DISTRIBUTED_DASHBOARD_TOKEN) and TLS", await RefusedAsync());
        Assert.Contains("needs TLS", await RefusedAsync("--dashboard-token", token));
        Assert.Contains("needs a token", await RefusedAsync(tls));
        Assert.Contains("has 9 characters; 16 to", await RefusedAsync(["--dashboard-token", WriteToken("too-short"), .. tls]));
        Assert.Contains("--tls-key is given alone", await RefusedAsync("--dashboard-token", token, "--tls-key", key));
    }

    [Fact]
    public async Task WithTokenAndTlsItAnswersThoseWhoKnowTheToken()
    {
        using var authority = new TestAuthority(_folder, "authority");
        (string certificate, string key) = authority.Issue("coordinator");
        await using RunningProgram coordinator = await StartAsync(
            "--dashboard-token", WriteToken(Token), "--tls-certificate", certificate, "--tls-key", key);
        Assert.Contains($"dashboard: https://0.0.0.0:{_port}/ (at every address of this machine)", coordinator.Error);

        using HttpClient client = Client(authority);
        var page = new Uri($"https://localhost:{_port}/");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, page, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, page, "wrong-horse-battery-staple"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, page, Token));
        Assert.Contains("the address begins with https://", await SayInPlainAsync($"GET / HTTP/1.1\r\nHost: localhost:{_port}\r\n\r\n"));

        using var untrusting = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => StatusAsync(untrusting, page, Token));
        coordinator.Send(Signal.Terminate);
        Result result = await coordinator.EndAsync();
        Assert.DoesNotContain(Token, result.Error);
        Assert.Contains($"--dashboard 0.0.0.0:{_port} --dashboard-token", result.Error);
    }

    [Fact]
    public async Task InsecureIsTheSpelledOutException()
    {
        await using RunningProgram coordinator = await StartAsync("--insecure");
        using var client = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, new Uri($"http://127.0.0.1:{_port}/"), null));
    }

    private async Task<RunningProgram> StartAsync(params string[] arguments)
    {
        RunningProgram coordinator = StartCoordinator(
        [
            .. new LongRun(_folder, epochs: 10_000).Arguments, "--single-process", "--workers", "1", "--run-dir", _folder.NewRun(),
            "--dashboard", $"0.0.0.0:{_port}", .. arguments,
        ]);
        await coordinator.SaysAsync("dashboard: ");
        return coordinator;
    }

    private async Task<string> RefusedAsync(params string[] arguments)
    {
        await using RunningProgram coordinator = StartCoordinator(["--dashboard", $"0.0.0.0:{_port}", "--run-dir", _folder.NewRun(), .. arguments]);
        Result result = await coordinator.EndAsync();
        Assert.True(result.ExitCode == 2, $"exit code {result.ExitCode}: {result.Error}");
        return result.Error;
    }

    private string WriteToken(string token)
    {
        string path = _folder.File($"token-{token.Length}");
        File.WriteAllText(path, token + "\n");
        return path;
    }

    /// <summary>Trusts what the authority has signed for the name that is asked, and nothing else.</summary>
    private static HttpClient Client(TestAuthority authority)
    {
        var chain = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        chain.CustomTrustStore.ImportFromPemFile(authority.File);
        return new HttpClient(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = chain } });
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, Uri page, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private async Task<string> SayInPlainAsync(string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _port, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
