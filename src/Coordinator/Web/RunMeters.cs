using System.Diagnostics.Metrics;

namespace Distributed.Coordinator.Web;

/// <summary>
/// A run as .NET meters, which dotnet-counters and OpenTelemetry read. They are looked at when somebody asks, so that a step costs nothing.
/// Counters go on where a resumed run was.
/// </summary>
public sealed class RunMeters : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Distributed.Training";

    private readonly Meter _meter = new(MeterName);
    private readonly RunWatch _watch;

    public RunMeters(RunWatch watch)
    {
        _watch = watch;
        _meter.CreateObservableCounter("training.steps", () => (long)watch.Snapshot().Step, "{step}", "Steps done");
        _meter.CreateObservableCounter("training.samples", () => watch.Snapshot().Samples, "{sample}", "Samples trained on");
        _meter.CreateObservableCounter("training.epochs", () => (long)watch.Snapshot().Epochs.Count, "{epoch}", "Epochs done");
        _meter.CreateObservableGauge("training.workers.live", () => watch.Snapshot().LiveWorkers, "{worker}", "Workers that can compute");
        Gauge("training.samples_per_second", "{sample}/s", "Training samples per second lately", run => run.Progress?.SamplesPerSecond);
        Gauge("training.learning_rate", "1", "Of the last recorded step", run => run.LastLine?.LearningRate);
        Gauge("training.epoch.loss", "1", "Mean loss over the minibatches of the present epoch so far", run => run.Progress?.Loss);
        Gauge("training.epoch.accuracy", "1", "Share of the present epoch's samples classified correctly so far", run => run.Progress?.Accuracy);
        _meter.CreateObservableGauge("training.loss", () => Parts(e => e.TrainLoss, e => e.ValidationLoss, e => e.TestLoss), "1", "At the last epoch's end");
        _meter.CreateObservableGauge(
            "training.accuracy", () => Parts(e => e.TrainAccuracy, e => e.ValidationAccuracy, e => e.TestAccuracy), "1", "At the last epoch's end");
        _meter.CreateObservableCounter(
            "training.worker.microbatches", () => Workers(worker => worker.Microbatches), "{microbatch}", "Microbatches delivered");
        _meter.CreateObservableCounter(
            "training.worker.busy", () => Workers(worker => worker.BusySeconds), "s", "From being given microbatches to having delivered them");
        _meter.CreateObservableGauge("training.worker.silent", () => Workers(worker => worker.SilentSeconds), "s", "Time since it was last heard of");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void Gauge(string name, string unit, string description, Func<RunSnapshot, double?> value) =>
        _meter.CreateObservableGauge<double>(
            name, () => value(_watch.Snapshot()) is { } known ? [new Measurement<double>(known)] : Array.Empty<Measurement<double>>(), unit, description);

    private IEnumerable<Measurement<double>> Parts(params Func<Metrics.EpochMetrics, double?>[] values)
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
                yield return new Measurement<double>(known, new KeyValuePair<string, object?>("samples", names[i]));
            }
        }
    }

    private IEnumerable<Measurement<T>> Workers<T>(Func<WorkerState, T> value)
        where T : struct =>
        _watch.Snapshot().Workers.Select(worker => new Measurement<T>(value(worker), new KeyValuePair<string, object?>("worker", worker.Id)));
}
