using System.Globalization;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.TensorBoard;
using Distributed.Coordinator.TensorBoard.Messages;
using Distributed.EndToEnd.Processes;
using Distributed.EndToEnd.Watching.Otlp;

namespace Distributed.EndToEnd.Watching;

/// <summary>A run is killed, with what it did since its last checkpoint, and resumed: no series that anybody watches goes back or counts twice.</summary>
public sealed class ResumedSeriesTests : IDisposable
{
    private const int Epochs = 400;

    private readonly TestFolder _folder = new();
    private readonly int _port = FreePort.Take();
    private readonly Dictionary<string, List<double>> _scraped = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task NoSeriesGoesBackOrDoubles()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        string run = _folder.NewRun();
        string[] first = [.. new LongRun(_folder, Epochs).Arguments, "--tensorboard", "--run-dir", run];
        await using (RunningProgram killed = Start(receiver, first))
        {
            await ScrapeUntilAsync(killed, steps: 1700);
            killed.Send(RunningProgram.Signal.Kill);
            await killed.EndAsync();
        }

        await using RunningProgram resumed = Start(receiver, "--resume", run);
        await ScrapeUntilAsync(resumed, steps: 3000);
        await resumed.EndWellAsync();

        MetricsHistory history = MetricsHistory.Read(new FolderRunStore(run));
        AssertPrometheus(history);
        AssertMetrics(history);
        AssertTensorBoard(run, history);
        AssertCollector(receiver, history);
    }

    private RunningProgram Start(OtlpReceiver receiver, params string[] arguments) => RunningProgram.Start(
        ["env", "OTEL_METRIC_EXPORT_INTERVAL=20", $"OTEL_EXPORTER_OTLP_ENDPOINT={receiver.Addresses[0]}", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"],
        "coordinator.dll",
        ["train", .. arguments, "--single-process", "--workers", "1", "--dashboard", $"127.0.0.1:{_port}"]);

    private async Task ScrapeUntilAsync(RunningProgram coordinator, double steps)
    {
        await coordinator.SaysAsync("dashboard: ");
        using var client = new HttpClient();
        double seen = 0;
        while (seen < steps)
        {
            string text = await client.GetStringAsync(new Uri($"http://127.0.0.1:{_port}/metrics"), TestContext.Current.CancellationToken);
            foreach (string[] sample in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' ')))
            {
                double value = double.Parse(sample[^1], CultureInfo.InvariantCulture);
                _scraped.TryAdd(sample[0], []);
                _scraped[sample[0]].Add(value);
                seen = sample[0] == "training_steps_total" ? value : seen;
            }
        }
    }

    private void AssertPrometheus(MetricsHistory history)
    {
        HashSet<double> recorded = [0, .. history.Records.Select(record => (double)record.Step)];
        Assert.All(_scraped["training_steps_total"], step => Assert.Contains(step, recorded));
        foreach (string counter in (string[])["steps", "samples", "epochs", "seconds"])
        {
            List<double> values = _scraped[$"training_{counter}_total"];
            Assert.Equal(values.Order(), values);
        }
    }

    private static void AssertMetrics(MetricsHistory history)
    {
        Assert.Empty(history.Warnings);
        int[] lines = [.. history.Records.OfType<StepMetrics>().Select(line => line.Step)];
        Assert.Equal(Enumerable.Range(1, lines.Length).Select(line => 100 * line), lines);
        Assert.Equal(Enumerable.Range(1, Epochs), history.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(history.Records.Select(record => record.Seconds).Order(), history.Records.Select(record => record.Seconds));
    }

    private static void AssertTensorBoard(string run, MetricsHistory history)
    {
        var store = new FolderRunStore(run);
        var steps = new List<long>();
        foreach (string path in EventFileName.List(store, ""))
        {
            using Stream file = store.OpenRead(path);
            while (EventRecord.TryRead(file) is Event message)
            {
                steps.AddRange((message.Summary?.Value ?? []).Where(value => value.Tag == "loss/minibatch").Select(_ => message.Step));
            }
        }

        Assert.Equal(history.Records.OfType<StepMetrics>().Select(line => (long)line.Step), steps);
    }

    /// <summary>A sum's points of one start time belong together; the last of each are what was counted from there.</summary>
    private static void AssertCollector(OtlpReceiver receiver, MetricsHistory history)
    {
        double[] positions = [.. Points(receiver, "training.position").Select(point => point.AsDouble)];
        Assert.Equal(positions.Order(), positions);
        Assert.Equal(history.Records[^1].Step, positions[^1]);
        IGrouping<ulong, Point>[] lives = [.. Points(receiver, "training.steps").GroupBy(point => point.StartNanoseconds)];
        Assert.Equal(2, lives.Length);
        Assert.All(lives, life => Assert.Equal(life.Select(point => point.AsInteger).Order(), life.Select(point => point.AsInteger)));

        // The kill may have come before the last points of the first life were sent.
        Assert.InRange(lives.Sum(life => life.Last().AsInteger), lives[1].Last().AsInteger + 1, history.Records[^1].Step);
        Assert.Single(receiver.Requests.SelectMany(request => request.ResourceMetrics)
            .Select(metrics => metrics.Resource.Attributes.Single(attribute => attribute.Key == "service.instance.id").Value.Text)
            .Distinct());
    }

    private static IEnumerable<Point> Points(OtlpReceiver receiver, string name) =>
        receiver.Metrics.Where(metric => metric.Name == name).SelectMany(OtlpTests.Points);
}
