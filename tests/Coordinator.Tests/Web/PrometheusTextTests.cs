using System.Globalization;
using System.Text.RegularExpressions;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Training;
using Distributed.Coordinator.Web;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Web;

/// <summary>The text that Prometheus reads.</summary>
public sealed partial class PrometheusTextTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void EverySampleFollowsItsTypeAndEveryLineParses()
    {
        RunWatch watch = Busy();
        string text = PrometheusText.Render(watch.Snapshot());
        Assert.EndsWith("\n", text);
        string type = "";
        var seen = new HashSet<string>();
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            if (TypeLine().Match(line) is { Success: true } head)
            {
                type = head.Groups[1].Value;
                Assert.True(seen.Add(type), $"{type} twice");
                Assert.Equal(head.Groups[2].Value == "counter", type.EndsWith("_total", StringComparison.Ordinal));
            }
            else if (!line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                Match sample = SampleLine().Match(line);
                Assert.True(sample.Success, line);
                Assert.Equal(type, sample.Groups[1].Value);
            }
        }
    }

    [Fact]
    public void TheValuesAreTheRuns()
    {
        RunWatch watch = Busy();
        string text = PrometheusText.Render(watch.Snapshot());
        Assert.Equal(20, Value(text, "training_steps_total"));
        Assert.Equal(160, Value(text, "training_samples_total"));
        Assert.Equal(0.5, Value(text, "training_loss{samples=\"training\"}"));
        Assert.Equal(0.9, Value(text, "training_accuracy{samples=\"test\"}"));
        Assert.Equal(7, Value(text, "training_worker_microbatches_total{worker=\"worker-1\"}"));
        Assert.Equal(0, Value(text, "training_worker_up{worker=\"worker-2\"}"));
        Assert.Equal(1, Value(text, "training_live_workers"));
        Assert.Equal(1, Value(text, "training_events_total{level=\"warning\"}"));
    }

    [Fact]
    public void AfterAResumeFromAnEarlierStepTheCountersStandUntilTheRunIsThereAgain()
    {
        RunWatch first = Busy();
        RunSnapshot before = first.Snapshot();
        RunWatch resumed = WatchedRun.New(_time, new EarlierRun(10, RunMark.Of(before.Epochs), [.. before.Epochs.Take(1)]));
        resumed.RunStarted(WatchedRun.Summary);
        resumed.Recorded(WatchedRun.Line(15, loss: 1, accuracy: 1) with { Seconds = 1.5 });
        string text = PrometheusText.Render(resumed.Snapshot());
        foreach (string counter in (string[])["steps", "samples", "seconds", "epochs"])
        {
            string name = $"training_{counter}_total";
            Assert.Equal(Value(PrometheusText.Render(before), name), Value(text, name));
        }
    }

    private RunWatch Busy()
    {
        RunWatch watch = WatchedRun.New(_time);
        watch.RunStarted(WatchedRun.Summary);
        watch.Joined(WatchedRun.Join(1));
        watch.Joined(WatchedRun.Join(2));
        watch.Activity.Delivered(new WorkerId(1), 7);
        watch.Happened(new RunEvent("worker_lost", "worker-2 lost", new WorkerId(2)));
        watch.Event("worker-2 lost", EventLevel.Warning);
        _time.Advance(TimeSpan.FromSeconds(2));
        watch.StepDone(new StepProgress(1, 4, 5, 10, 1.5, 0.25, 40));
        watch.Recorded(WatchedRun.Epoch(1));
        watch.Recorded(WatchedRun.Epoch(2));
        return watch;
    }

    private static double Value(string text, string series)
    {
        string line = text.Split('\n').Single(l => l.StartsWith(series + " ", StringComparison.Ordinal));
        return double.Parse(line[(series.Length + 1)..], CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("^# TYPE ([a-z_]+) (counter|gauge)$")]
    private static partial Regex TypeLine();

    [GeneratedRegex("""^([a-z_]+)(\{[a-z_]+="([^"\\]|\\["\\n])*"(,[a-z_]+="([^"\\]|\\["\\n])*")*\})? (-?[0-9.]+(E[-+]?[0-9]+)?|NaN|[+-]Inf)$""")]
    private static partial Regex SampleLine();
}
