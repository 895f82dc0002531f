using System.Diagnostics.Metrics;
using Distributed.Coordinator.Metrics;

namespace Distributed.Coordinator.Web;

/// <summary>
/// A run as .NET meters, which dotnet-counters and OpenTelemetry read, with names, units and attributes as OpenTelemetry's conventions ask. They are
/// looked at when somebody asks, so that a step costs nothing. OpenTelemetry's sums say when they began, so that counters count what this process adds,
/// no step twice; <c>training.position</c> is where the run stands, what it did before a resume included.
/// </summary>
public sealed class RunMeters : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Distributed.Training";

    private const string Samples = "training.samples.part";
    private const string Worker = "training.worker.id";

    private readonly Meter _meter;
    private readonly RunWatch _watch;

    /// <param name="watch">The run.</param>
    /// <param name="version">The program's.</param>
    public RunMeters(RunWatch watch, string version)
    {
        _watch = watch;
        _meter = new Meter(MeterName, version);
        Counter("training.steps", "{step}", "Steps done by this process", run => run.Totals.Steps - run.TotalsBefore.Steps);
        Counter("training.samples", "{sample}", "Samples trained on by this process", run => run.Totals.Samples - run.TotalsBefore.Samples);
        Counter("training.epochs", "{epoch}", "Epochs ended by this process", run => run.Totals.Epochs - run.TotalsBefore.Epochs);
        Gauge("training.position", "{step}", "Steps of the run that are done", run => run.Totals.Steps);
        Gauge("training.length", "{step}", "Steps of the whole run", run => run.Steps);
        Gauge("training.workers", "{worker}", "Workers that can compute", run => run.LiveWorkers);
        Gauge("training.throughput", "{sample}/s", "Training samples per second lately", run => run.Progress?.SamplesPerSecond);
        Gauge("training.learning_rate", "1", "Of the last recorded step", run => run.LastLine?.LearningRate);
        Gauge("training.epoch.loss", "1", "Mean loss over the minibatches of the present epoch so far", run => run.Progress?.Loss);
        Gauge("training.epoch.accuracy", "1", "Share of the present epoch's samples classified correctly so far", run => run.Progress?.Accuracy);
        Parts("training.loss", "Mean loss at the end of the last epoch", e => e.TrainLoss, e => e.ValidationLoss, e => e.TestLoss);
        Parts(
            "training.accuracy",
            "Share classified correctly at the end of the last epoch",
            e => e.TrainAccuracy,
            e => e.ValidationAccuracy,
            e => e.TestAccuracy);
        _meter.CreateObservableCounter(
            "training.worker.microbatches", () => Workers(worker => worker.Microbatches), "{microbatch}", "Microbatches delivered");
        _meter.CreateObservableCounter(
            "training.worker.busy_time", () => Workers(worker => worker.BusySeconds), "s", "From being given microbatches to having delivered them");
        _meter.CreateObservableGauge("training.worker.silence", () => Workers(worker => worker.SilentSeconds), "s", "Time since it was last heard of");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void Counter(string name, string unit, string description, Func<RunSnapshot, long> value) =>
        _meter.CreateObservableCounter(name, () => value(_watch.Snapshot()), unit, description);

    private void Gauge(string name, string unit, string description, Func<RunSnapshot, double?> value) =>
        _meter.CreateObservableGauge<double>(
            name, () => value(_watch.Snapshot()) is { } known ? [new Measurement<double>(known)] : Array.Empty<Measurement<double>>(), unit, description);

    private void Parts(string name, string description, params Func<EpochMetrics, double?>[] values) =>
        _meter.CreateObservableGauge(name, () => Parts(values), "1", description);

    private IEnumerable<Measurement<double>> Parts(Func<EpochMetrics, double?>[] values)
    {
        string[] names = ["training", "validation", "test"];
        if (_watch.Snapshot().Epochs is not [.., var last])
        {
            yield break;
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (values[i](last) is { } known)
            {
                yield return new Measurement<double>(known, new KeyValuePair<string, object?>(Samples, names[i]));
            }
        }
    }

    private IEnumerable<Measurement<T>> Workers<T>(Func<WorkerState, T> value)
        where T : struct =>
        _watch.Snapshot().Workers.Select(worker => new Measurement<T>(value(worker), new KeyValuePair<string, object?>(Worker, worker.Id)));
}
