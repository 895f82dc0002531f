using System.Diagnostics;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;
using Distributed.EndToEnd.Processes;
using Distributed.EndToEnd.Security;

namespace Distributed.EndToEnd.Watching;

/// <summary>A real Prometheus scrapes a run, and what it stores are the run's own numbers.</summary>
public sealed class PrometheusTests : IDisposable
{
    private const string Token = "correct-horse-battery-staple";
    private const int EpochsMin = 4;

    private readonly TestFolder _folder = new();
    private readonly int _port = FreePort.Take();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ItStoresWhatTheMetricsFileSays()
    {
        PrometheusServer.RequireInstalled();
        string run = _folder.NewRun();
        await using RunningProgram coordinator = Start(run, $"127.0.0.1:{_port}");
        await using PrometheusServer prometheus = await PrometheusServer.StartAsync(_folder, $"static_configs: [{{targets: ['127.0.0.1:{_port}']}}]");
        await SeenAsync(prometheus);
        using var client = new HttpClient();
        Assert.Equal("", await PrometheusServer.LintAsync(await client.GetStringAsync(
            new Uri($"http://127.0.0.1:{_port}/metrics"), TestContext.Current.CancellationToken)));
        coordinator.Send(RunningProgram.Signal.Terminate);
        await coordinator.EndAsync();

        MetricsHistory history = MetricsHistory.Read(new FolderRunStore(run));
        EpochMetrics[] epochs = [.. history.Epochs];
        HashSet<double> steps = [0, .. history.Records.Select(record => (double)record.Step)];
        SortedDictionary<double, double> epochsDone = await prometheus.SamplesAsync("training_epochs_total");
        Assert.All((await prometheus.SamplesAsync("training_steps_total")).Values, step => Assert.Contains(step, steps));
        Assert.True((await prometheus.SamplesAsync("training_loss{samples='training'}")).Values.Distinct().Count() >= EpochsMin);
        await AssertSameAsync(prometheus, "training_loss{samples='training'}", epochsDone, epoch => epochs[epoch - 1].TrainLoss);
        await AssertSameAsync(prometheus, "training_loss{samples='validation'}", epochsDone, epoch => epochs[epoch - 1].ValidationLoss);
        await AssertSameAsync(prometheus, "training_accuracy{samples='test'}", epochsDone, epoch => epochs[epoch - 1].TestAccuracy);
    }

    [Fact]
    public async Task ItScrapesWithTokenAndTls()
    {
        PrometheusServer.RequireInstalled();
        using var authority = new TestAuthority(_folder, "authority");
        (string certificate, string key) = authority.Issue("coordinator");
        string token = _folder.File("token");
        await File.WriteAllTextAsync(token, Token + "\n", TestContext.Current.CancellationToken);
        await using RunningProgram coordinator = Start(
            _folder.NewRun(), $"0.0.0.0:{_port}", "--dashboard-token", token, "--tls-certificate", certificate, "--tls-key", key);
        await using PrometheusServer prometheus = await PrometheusServer.StartAsync(
            _folder,
            "scheme: https",
            $"authorization: {{credentials_file: '{token}'}}",
            $"tls_config: {{ca_file: '{authority.File}'}}",
            $"static_configs: [{{targets: ['localhost:{_port}']}}]");
        await SeenAsync(prometheus);
    }

    private RunningProgram Start(string run, string dashboard, params string[] arguments) => RunningProgram.StartCoordinator(
    [
        "train", .. new LongRun(_folder, epochs: 100_000).Arguments, "--single-process", "--workers", "1", "--run-dir", run, "--dashboard", dashboard,
        .. arguments,
    ]);

    private static async Task SeenAsync(PrometheusServer prometheus)
    {
        long start = Stopwatch.GetTimestamp();
        while ((await prometheus.SamplesAsync("training_epochs_total")).Values.Distinct().Count() < EpochsMin)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < RunningProgram.Patience, "Prometheus saw nothing of the run");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>At each scrape, which has one time, the series has the value of the epoch that was the last one then.</summary>
    private static async Task AssertSameAsync(
        PrometheusServer prometheus, string series, SortedDictionary<double, double> epochsDone, Func<int, double?> expected)
    {
        SortedDictionary<double, double> samples = await prometheus.SamplesAsync(series);
        Assert.NotEmpty(samples);
        Assert.All(samples, sample => Assert.Equal(expected((int)epochsDone[sample.Key]), sample.Value));
    }
}
