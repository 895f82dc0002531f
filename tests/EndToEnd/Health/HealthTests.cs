using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Distributed.Coordinator.Hosting;
using Distributed.EndToEnd.Processes;
using Distributed.Health;
using Distributed.Protocol;
using static Distributed.EndToEnd.Processes.RunningProgram;

namespace Distributed.EndToEnd.Health;

/// <summary>What probes are told: the rule, the address, the listener, and both programs as processes.</summary>
public sealed class HealthTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly HttpClient _http = new() { Timeout = Patience };

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("GET", "/healthz", null, null, 200, "ok")]
    [InlineData("GET", "/readyz", null, null, 200, "ok")]
    [InlineData("GET", "/healthz", null, "waits", 200, "ok")]
    [InlineData("GET", "/readyz", null, "waits", 503, "waits")]
    [InlineData("GET", "/healthz", "hangs", "waits", 503, "hangs")]
    [InlineData("GET", "/readyz", "hangs\nor so", null, 503, "hangs or so")]
    [InlineData("POST", "/healthz", null, null, 405, "method not allowed; use GET")]
    [InlineData("HEAD", "/readyz", "hangs", null, 405, "method not allowed; use GET")]
    [InlineData("GET", "/", null, null, 404, "not found; there are /healthz and /readyz")]
    [InlineData("POST", "/healthz/", null, null, 404, "not found; there are /healthz and /readyz")]
    public void AnAnswerFollowsFromTheState(string method, string path, string? fault, string? notReady, int status, string text) =>
        Assert.Equal(new HealthAnswer(status, text), HealthAnswer.To(method, path, new HealthState(fault, notReady)));

    [Fact]
    public void ACoordinatorIsReadyWhileItsRunIsOpenAndItsActorAnswers()
    {
        Assert.Equal(HealthState.Waiting("the run has not begun"), CoordinatorHealth.Of(RunStage.Preparing, answers: false));
        Assert.Equal(HealthState.Ready, CoordinatorHealth.Of(RunStage.Open, answers: true));
        Assert.Equal(HealthState.Broken("the coordinator did not answer within 1 s"), CoordinatorHealth.Of(RunStage.Open, answers: false));
        Assert.Equal(HealthState.Waiting("the run is over"), CoordinatorHealth.Of(RunStage.Over, answers: false));
    }

    [Theory]
    [InlineData("127.0.0.1:7602", "127.0.0.1:7602")]
    [InlineData("localhost:1", "127.0.0.1:1")]
    [InlineData("7602", "127.0.0.1:7602")]
    [InlineData("[::1]:65535", "[::1]:65535")]
    [InlineData("0.0.0.0:0", "0.0.0.0:0")]
    public void AnAddressIsUnderstood(string text, string address) => Assert.Equal(address, HealthAddress.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData(":7602")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("trainer.example:7602")]
    public void WhatIsNoAddressIsRefused(string text) =>
        Assert.StartsWith($"--health {text}: give ADDRESS:PORT", Assert.Throws<InputException>(() => HealthAddress.Parse(text)).Message);

    [Fact]
    public async Task TheListenerAnswersAndSurvivesNonsense()
    {
        var state = HealthState.Waiting("it waits");
        await using HealthServer server = await HealthServer.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), () => Task.FromResult(state));
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, new Uri(server.Address).Port);
            await client.GetStream().WriteAsync(new byte[] { 0, 1, 2, 13, 10, 13, 10 });
        }

        Assert.Equal((200, "ok\n"), await GetAsync($"{server.Address}/healthz"));
        Assert.Equal((503, "it waits\n"), await GetAsync($"{server.Address}/readyz?verbose=1"));
        Assert.Equal(404, (await GetAsync($"{server.Address}/metrics")).Status);
        using HttpResponseMessage post = await _http.PostAsync($"{server.Address}/readyz", null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
        Assert.Equal(["GET"], post.Content.Headers.Allow);
    }

    [Fact]
    public async Task BothProgramsAnswerProbes()
    {
        var run = new LongRun(_folder, epochs: 1500);
        (int port, int coordinatorHealth, int workerHealth) = (FreePort.Take(), FreePort.Take(), FreePort.Take());
        await using RunningProgram guest = StartWorker("--coordinator", $"127.0.0.1:{port}", "--name", "guest", "--health", $"127.0.0.1:{workerHealth}");
        await guest.SaysAsync("answers probes at");
        Assert.Equal((200, "ok\n"), await GetAsync($"http://127.0.0.1:{workerHealth}/healthz"));
        Assert.Equal((503, "no coordinator has accepted this worker yet, or it is gone\n"), await GetAsync($"http://127.0.0.1:{workerHealth}/readyz"));

        await using RunningProgram coordinator = StartCoordinator(
        [
            .. run.Arguments, "--workers", "3", "--spawn", "2", "--listen", $"127.0.0.1:{port}", "--health", $"127.0.0.1:{coordinatorHealth}",
            "--run-dir", _folder.NewRun(),
        ]);
        await coordinator.SaysAsync("answers probes at");
        await BecomesAsync($"http://127.0.0.1:{coordinatorHealth}/readyz", (200, "ok\n"));
        Assert.Equal((200, "ok\n"), await GetAsync($"http://127.0.0.1:{coordinatorHealth}/healthz"));
        await BecomesAsync($"http://127.0.0.1:{workerHealth}/readyz", (200, "ok\n"));
        Assert.Equal(await run.DigestAsync(), (await coordinator.EndWellAsync()).Digest);
        Assert.Equal(0, (await guest.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task APortInUseIsOneSentenceBeforeAnythingIsTrained()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        string folder = _folder.NewRun();
        await using RunningProgram coordinator = StartCoordinator("--health", $"{other.LocalEndpoint}", "--run-dir", folder, "--workers", "1");
        await using RunningProgram worker = StartWorker("--coordinator", "127.0.0.1:1", "--health", $"{other.LocalEndpoint}");
        foreach (Result result in new[] { await coordinator.EndAsync(), await worker.EndAsync() })
        {
            Assert.Equal(2, result.ExitCode);
            Assert.StartsWith($"error: --health {other.LocalEndpoint} cannot be used: ", result.Error);
            Assert.Single(result.Error.TrimEnd().Split('\n'));
        }

        Assert.False(Directory.Exists(folder));
    }

    private async Task<(int Status, string Text)> GetAsync(string address)
    {
        using HttpResponseMessage response = await _http.GetAsync(address);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task BecomesAsync(string address, (int Status, string Text) expected)
    {
        long start = Stopwatch.GetTimestamp();
        (int Status, string Text) answer;
        while ((answer = await GetAsync(address)) != expected)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"{address} still answers {answer}");
            await Task.Delay(20);
        }
    }
}
