using System.Net;
using System.Net.Sockets;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;
using Distributed.EndToEnd.Processes;
using Distributed.EndToEnd.Watching.Otlp;
using Attribute = Distributed.EndToEnd.Watching.Otlp.Attribute;

namespace Distributed.EndToEnd.Watching;

/// <summary>A run whose environment names a collector of OpenTelemetry: one that answers, one that is down, one that hangs.</summary>
public sealed class OtlpTests : IDisposable
{
    private const string Once = "this is said once";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("http/protobuf", 0)]
    [InlineData("grpc", 1)]
    public async Task TheCollectorReceivesTheRunsOwnNumbers(string protocol, int address)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        string run = _folder.NewRun();
        await TrainAsync(run, $"OTEL_EXPORTER_OTLP_ENDPOINT={receiver.Addresses[address]}", $"OTEL_EXPORTER_OTLP_PROTOCOL={protocol}");
        MetricsHistory history = MetricsHistory.Read(new FolderRunStore(run));
        EpochMetrics last = history.Epochs.Last();
        Assert.Equal(last.Step, Last(receiver, "training.position"));
        Assert.Equal(last.Step, Last(receiver, "training.steps"));
        Assert.Equal(history.Epochs.Count(), Last(receiver, "training.epochs"));
        Assert.Equal(last.TrainLoss, Last(receiver, "training.loss", "training"));
        Assert.Equal(last.ValidationAccuracy, Last(receiver, "training.accuracy", "validation"));
        Assert.Equal(last.TestAccuracy, Last(receiver, "training.accuracy", "test"));
        AssertConventions(receiver);
    }

    [Fact]
    public async Task TheResourceSaysWhichRunItIsAndTheEnvironmentHasTheLastWord()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        string endPoint = $"OTEL_EXPORTER_OTLP_ENDPOINT={receiver.Addresses[0]}";
        string run = _folder.NewRun();
        await TrainAsync(run, endPoint, "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf");
        Dictionary<string, string> first = Resource(receiver);
        Assert.Equal("coordinator", first["service.name"]);
        Assert.Equal("distributed", first["service.namespace"]);
        Assert.NotEmpty(first["service.version"]);
        Assert.Equal('8', Guid.Parse(first["service.instance.id"]).ToString()[14]);
        Assert.Equal(run, first["training.run_directory"]);
        Assert.Equal("scratch-mlp", first["training.recipe"]);

        await TrainAsync(
            _folder.NewRun(), endPoint, "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "OTEL_SERVICE_NAME=mine", "OTEL_RESOURCE_ATTRIBUTES=team=blue");
        Dictionary<string, string> second = Resource(receiver);
        Assert.Equal("mine", second["service.name"]);
        Assert.Equal("blue", second["team"]);
        Assert.NotEqual(first["service.instance.id"], second["service.instance.id"]);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task ACollectorThatIsDownIsToldOnceAndChangesNothing(string protocol)
    {
        string nowhere = $"OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:{FreePort.Take()}";
        Result result = await TrainAsync(_folder.NewRun(), nowhere, $"OTEL_EXPORTER_OTLP_PROTOCOL={protocol}");
        Assert.Equal(2, result.Error.Split(Once).Length);
        Assert.Equal((await TrainAsync(_folder.NewRun())).Digest, result.Digest);
    }

    [Fact]
    public async Task ACollectorThatHangsHoldsNothingUp()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        string hanging = $"OTEL_EXPORTER_OTLP_ENDPOINT=http://{silent.LocalEndpoint}";
        Result result = await TrainAsync(_folder.NewRun(), hanging, "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "OTEL_EXPORTER_OTLP_TIMEOUT=300");
        Assert.Equal(2, result.Error.Split(Once).Length);
        Assert.Equal((await TrainAsync(_folder.NewRun())).Digest, result.Digest);
    }

    private async Task<Result> TrainAsync(string run, params string[] environment)
    {
        await using RunningProgram coordinator = RunningProgram.Start(
            ["env", "OTEL_METRIC_EXPORT_INTERVAL=50", .. environment],
            "coordinator.dll",
            ["train", .. new LongRun(_folder, epochs: 40).Arguments, "--single-process", "--workers", "1", "--run-dir", run]);
        return await coordinator.EndWellAsync();
    }

    private static double? Last(OtlpReceiver receiver, string name, string? part = null)
    {
        Point point = receiver.Metrics.Where(metric => metric.Name == name)
            .SelectMany(Points)
            .Last(point => part is null || point.Attributes.Any(attribute => attribute.Value.Text == part));
        return point.ValueCase == Point.ValueOneofCase.AsDouble ? point.AsDouble : point.AsInteger;
    }

    /// <summary>OpenTelemetry's rules for names, units and sums.</summary>
    private static void AssertConventions(OtlpReceiver receiver)
    {
        foreach (Metric metric in receiver.Metrics)
        {
            Assert.Matches("^training(\\.[a-z][a-z_]*)+$", metric.Name);
            Assert.DoesNotMatch("(_total|_seconds|_per_second|_count)$", metric.Name);
            Assert.Matches("^(1|s|\\{[a-z]+\\}(/s)?)$", metric.Unit);
            Assert.NotEmpty(metric.Description);
            Assert.NotEmpty(Points(metric));
            foreach (Point point in Points(metric))
            {
                Assert.True(point.Nanoseconds >= point.StartNanoseconds);
                Assert.All(point.Attributes, attribute => Assert.Matches("^training(\\.[a-z][a-z_]*)+$", attribute.Key));
            }

            if (metric.DataCase == Metric.DataOneofCase.Sum)
            {
                Assert.True(metric.Sum.IsMonotonic);
                Assert.Equal(Temporality.Cumulative, metric.Sum.Temporality);
            }
        }
    }

    private static Dictionary<string, string> Resource(OtlpReceiver receiver)
    {
        IEnumerable<Attribute> attributes = receiver.Requests[^1].ResourceMetrics[^1].Resource.Attributes;
        return attributes.ToDictionary(attribute => attribute.Key, attribute => attribute.Value.Text);
    }

    internal static IEnumerable<Point> Points(Metric metric) => metric.DataCase == Metric.DataOneofCase.Sum ? metric.Sum.Points : metric.Gauge.Points;
}
