using System.Net;
using Distributed.Coordinator.Web;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Web;

/// <summary>What the server answers, and to whom.</summary>
public sealed class DashboardHostTests
{
    private static readonly DashboardSettings OnAnyPort = new(new IPEndPoint(IPAddress.Loopback, 0), null, null);

    private readonly RunWatch _watch = WatchedRun.New(TimeProvider.System);
    private readonly List<string> _asked = [];

    [Fact]
    public async Task ItIsReadyWhileThereIsAWorker()
    {
        await using DashboardHost host = await StartAsync(OnAnyPort);
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
        await using DashboardHost host = await StartAsync(OnAnyPort);
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
        await using DashboardHost host = await StartAsync(OnAnyPort);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await StatusAsync(host, HttpMethod.Get, "", request => request.Headers.Host = "evil.example"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, HttpMethod.Get, "", request => request.Headers.Host = "localhost:1"));
    }

    [Theory]
    [InlineData("somewhere")]
    [InlineData("127.0.0.1:70000")]
    [InlineData("127.0.0.1")]
    [InlineData("trainer.example:7601")]
    public void AnAddressThatIsNoneIsRefused(string address) =>
        Assert.Contains("give ADDRESS:PORT", Assert.Throws<InputException>(() => DashboardSettings.ParseAddress(address)).Message);

    [Fact]
    public async Task ATakenPortIsExplained()
    {
        await using DashboardHost host = await StartAsync(OnAnyPort);
        var same = new DashboardSettings(new IPEndPoint(IPAddress.Loopback, host.Address.Port), null, null);
        InputException error = await Assert.ThrowsAsync<InputException>(() => StartAsync(same));
        Assert.Contains("give another port", error.Message);
    }

    private Task<DashboardHost> StartAsync(DashboardSettings settings)
    {
        var controls = new RunControls(() => _asked.Add("checkpoint"), () => _asked.Add("stop"));
        return DashboardHost.StartAsync(settings, _watch, controls, TimeProvider.System);
    }

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
