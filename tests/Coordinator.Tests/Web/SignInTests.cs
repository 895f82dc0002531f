using System.Net;
using System.Net.Http.Headers;
using Distributed.Coordinator.Web;

namespace Distributed.Coordinator.Tests.Web;

/// <summary>With a token nothing is seen or done without it; programs send it, browsers sign in once.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private const string Token = "correct-horse-battery-staple";
    private const string Wrong = "correct-horse-battery-stable";

    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly List<string> _asked = [];
    private DashboardHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        var settings = new DashboardSettings(new IPEndPoint(IPAddress.Loopback, 0), Token, null);
        var controls = new RunControls(() => _asked.Add("checkpoint"), () => _asked.Add("stop"));
        _host = await DashboardHost.StartAsync(settings, WatchedRun.New(TimeProvider.System), controls, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("metrics")]
    [InlineData("events")]
    [InlineData("dashboard.js")]
    public async Task NothingIsSeenWithoutTheToken(string path)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(HttpMethod.Get, path));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(HttpMethod.Get, path, request => Bearer(request, Wrong)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(HttpMethod.Get, $"{path}?token={Token}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, path, request => Bearer(request, Token)));
    }

    [Fact]
    public async Task NothingIsDoneWithoutTheToken()
    {
        foreach (string path in (string[])["stop", "checkpoint"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(HttpMethod.Post, path, Change));
        }

        Assert.Empty(_asked);
    }

    [Fact]
    public async Task ABrowserSignsInOnce()
    {
        using HttpResponseMessage page = await SendAsync(HttpMethod.Get, "", request => request.Headers.Accept.ParseAdd("text/html"));
        Assert.Equal(HttpStatusCode.SeeOther, page.StatusCode);
        Assert.Equal(SignIn.Path, page.Headers.Location!.OriginalString);
        using HttpResponseMessage form = await SendAsync(HttpMethod.Get, SignIn.Path);
        Assert.Equal(HttpStatusCode.OK, form.StatusCode);
        Assert.Contains("<form", await TextAsync(form));

        using HttpResponseMessage refused = await SendAsync(HttpMethod.Post, SignIn.Path, request => request.Content = Form(Wrong));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("not the token", await TextAsync(refused));
        Assert.False(refused.Headers.Contains("Set-Cookie"));

        using HttpResponseMessage accepted = await SendAsync(HttpMethod.Post, SignIn.Path, request => request.Content = Form(Token));
        Assert.Equal(HttpStatusCode.SeeOther, accepted.StatusCode);
        Assert.Equal("/", accepted.Headers.Location!.OriginalString);
        string cookie = Assert.Single(accepted.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=strict", cookie);
        Assert.DoesNotContain(Token, cookie);

        string pass = cookie.Split(';')[0];
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, "metrics", request => request.Headers.Add("Cookie", pass)));
        string forged = pass[..^1] + (pass[^1] == '0' ? '1' : '0');
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(HttpMethod.Get, "metrics", request => request.Headers.Add("Cookie", forged)));
        string elsewhere = pass.Replace($"-{_host.Address.Port}", "-1");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(HttpMethod.Get, "metrics", request => request.Headers.Add("Cookie", elsewhere)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Post, "stop", request =>
        {
            Change(request);
            request.Headers.Add("Cookie", pass);
        }));
        Assert.Equal(["stop"], _asked);
    }

    [Fact]
    public async Task AnotherSitesFormDoesNotSignIn() => Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Post, SignIn.Path, request =>
    {
        request.Content = Form(Token);
        request.Headers.Add("Origin", "http://evil.example");
    }));

    [Fact]
    public async Task AProbeNeedsNoToken() => Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, "healthz"));

    private static FormUrlEncodedContent Form(string token) => new([new("token", token)]);

    private static void Bearer(HttpRequestMessage request, string token) => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

    private static void Change(HttpRequestMessage request) => request.Headers.Add(AccessCheck.ChangeHeader, "1");

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, Action<HttpRequestMessage>? prepare = null)
    {
        using HttpResponseMessage answer = await SendAsync(method, path, prepare);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Action<HttpRequestMessage>? prepare = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_host.Address, path));
        prepare?.Invoke(request);
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
