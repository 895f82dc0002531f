using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Distributed.Coordinator.Tests.Data;
using Distributed.Coordinator.Web;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Web;

/// <summary>What the server answers, and to whom.</summary>
public sealed class DashboardHostTests
{
    private static readonly string Token = new('k', 40);

    private readonly RunWatch _watch = WatchedRun.New(TimeProvider.System);
    private readonly List<string> _asked = [];

    [Fact]
    public async Task ItIsReadyWhileThereIsAWorker()
    {
        await using DashboardHost host = await StartAsync(Settings(null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, HttpMethod.Get, "healthz"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(host, HttpMethod.Get, "readyz"));
        _watch.RunStarted(WatchedRun.Summary);
        _watch.Joined(WatchedRun.Join(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, HttpMethod.Get, "readyz"));
        _watch.Over("done");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(host, HttpMethod.Get, "readyz"));
    }

    [Theory]
    [InlineData(true, null, HttpStatusCode.OK)]
    [InlineData(true, "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData(true, "null", HttpStatusCode.Forbidden)]
    [InlineData(false, null, HttpStatusCode.Forbidden)]
    public async Task OnlyOurOwnPageMayChangeAnything(bool hasHeader, string? origin, HttpStatusCode expected)
    {
        await using DashboardHost host = await StartAsync(Settings(null));
        foreach (string path in (string[])["stop", "checkpoint"])
        {
            Assert.Equal(expected, await StatusAsync(host, HttpMethod.Post, path, request =>
            {
                if (hasHeader)
                {
                    request.Headers.Add(AccessCheck.ChangeHeader, "1");
                }

                if (origin is not null)
                {
                    request.Headers.Add("Origin", origin);
                }
            }));
        }

        Assert.Equal(expected == HttpStatusCode.OK ? ["stop", "checkpoint"] : [], _asked);
    }

    [Fact]
    public async Task AForeignNameThatPointsHereIsNotAnswered()
    {
        await using DashboardHost host = await StartAsync(Settings(null));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await StatusAsync(host, HttpMethod.Get, "", request => request.Headers.Host = "evil.example"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, HttpMethod.Get, "", request => request.Headers.Host = "localhost:1"));
    }

    [Theory]
    [InlineData("", "metrics", "events", "dashboard.js")]
    public async Task WithATokenNothingIsSeenWithoutIt(params string[] paths)
    {
        await using DashboardHost host = await StartAsync(Settings(Token));
        string wrong = new('x', Token.Length);
        foreach (string path in paths)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, HttpMethod.Get, path));
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, HttpMethod.Get, path, request => Bearer(request, wrong)));
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, HttpMethod.Get, path, request => Basic(request, "%%%")));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, HttpMethod.Get, path, request => Bearer(request, Token)));
            Assert.Equal(
                HttpStatusCode.OK,
                await StatusAsync(host, HttpMethod.Get, path, request => Basic(request, Convert.ToBase64String(Encoding.UTF8.GetBytes($"anybody:{Token}")))));
        }

        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await StatusAsync(host, HttpMethod.Post, "stop", request => request.Headers.Add(AccessCheck.ChangeHeader, "1")));
        Assert.Empty(_asked);
    }

    [Theory]
    [InlineData("0.0.0.0:7601", "needs a token")]
    [InlineData("somewhere", "give ADDRESS:PORT")]
    [InlineData("127.0.0.1:70000", "give ADDRESS:PORT")]
    public void AnAddressThatIsNotAllowedIsRefused(string address, string reason) =>
        Assert.Contains(reason, Assert.Throws<InputException>(() => DashboardSettings.Read(address, null)).Message);

    [Fact]
    public void AShortTokenIsRefused()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "token");
        File.WriteAllText(file, "short\n");
        Assert.Contains("5 characters", Assert.Throws<InputException>(() => DashboardSettings.Read("127.0.0.1:0", file)).Message);
    }

    [Fact]
    public async Task ATakenPortIsExplained()
    {
        await using DashboardHost host = await StartAsync(Settings(null));
        var same = new DashboardSettings(new IPEndPoint(IPAddress.Loopback, host.Address.Port), null);
        InputException error = await Assert.ThrowsAsync<InputException>(() => StartAsync(same));
        Assert.Contains("give another port", error.Message);
    }

    private static DashboardSettings Settings(string? token) => new(new IPEndPoint(IPAddress.Loopback, 0), token);

    private Task<DashboardHost> StartAsync(DashboardSettings settings)
    {
        var controls = new RunControls(() => _asked.Add("checkpoint"), () => _asked.Add("stop"));
        return DashboardHost.StartAsync(settings, _watch, controls, TimeProvider.System);
    }

    private static void Bearer(HttpRequestMessage request, string token) => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

    private static void Basic(HttpRequestMessage request, string credentials) =>
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials);

    private static async Task<HttpStatusCode> StatusAsync(DashboardHost host, HttpMethod method, string path, Action<HttpRequestMessage>? prepare = null)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(host.Address, path));
        prepare?.Invoke(request);
        using HttpResponseMessage answer = await client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
