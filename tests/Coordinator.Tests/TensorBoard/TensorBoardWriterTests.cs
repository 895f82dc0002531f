using Distributed.Coordinator.TensorBoard;
using Distributed.Coordinator.TensorBoard.Messages;
using Distributed.Coordinator.Tests.Metrics;
using Distributed.Coordinator.Tests.Storage;
using Distributed.Numerics.Models;

namespace Distributed.Coordinator.Tests.TensorBoard;

public sealed class TensorBoardWriterTests
{
    private readonly MemoryRunStore _store = new();
    private readonly SetTime _time = new(1_700_000_000);
    private readonly List<string> _reports = [];

    [Fact]
    public void A_file_begins_with_the_format_and_a_start_and_has_the_clocks_time()
    {
        using TensorBoardWriter writer = Start();
        _time.UnixSeconds += 5;
        writer.WriteScalars(7, ("loss/train", 0.5), ("accuracy/train", 0.25));

        Assert.Equal(["events.out.tfevents.1700000000.coordinator"], _store.List(""));
        List<Event> events = SampleReader.Events(_store);
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.Equal(SessionLog.Types.SessionStatus.Start, events[1].SessionLog.Status);
        Assert.Equal((7, 1_700_000_005.25), (events[2].Step, events[2].WallTime));
        IEnumerable<(string, float)> values = events[2].Summary.Value.Select(value => (value.Tag, value.SimpleValue));
        Assert.Equal([("loss/train", 0.5f), ("accuracy/train", 0.25f)], values);
        Assert.Equal(3, events.Count);
    }

    [Fact]
    public void A_step_is_written_once_and_never_goes_back()
    {
        using TensorBoardWriter writer = Start();
        writer.WriteScalars(0, ("a", 1));
        writer.WriteScalars(2, ("a", 2), ("b", 3));
        writer.WriteScalars(2, ("a", 4));
        writer.WriteScalars(1, ("a", 5), ("c", 6), ("c", 7));
        Assert.Equal([(0, 1), (2, 2)], Points("a"));
        Assert.Equal([(2, 3)], Points("b"));
        Assert.Equal([(1, 6)], Points("c"));
    }

    [Fact]
    public void Histograms_are_per_tensor()
    {
        ParameterLayout layout = ParameterLayout.For(new NetworkShape(3, [2], 2, Activation.Relu, 0f));
        float[] weights = [.. Enumerable.Range(0, layout.Count).Select(value => (float)value)];
        using TensorBoardWriter writer = Start();
        writer.WriteHistograms(4, "weights", layout, weights);
        Event written = SampleReader.Events(_store)[^1];
        Assert.Equal(["weights/W1", "weights/b1", "weights/W2", "weights/b2"], written.Summary.Value.Select(value => value.Tag));
        IEnumerable<(int, int)> ranges = written.Summary.Value.Select(value => ((int)value.Histo.Min, (int)value.Histo.Max));
        Assert.Equal([(0, 5), (6, 7), (8, 11), (12, 13)], ranges);
        Assert.Equal(4, written.Step);
    }

    [Fact]
    public void The_next_file_comes_last_even_where_the_clock_was_set_back()
    {
        Start().Dispose();
        _time.UnixSeconds -= 1000;
        Resume(0).Dispose();
        Resume(0).Dispose();
        Assert.Equal([0, 1, 2], _store.List("").Select(name => long.Parse(name.Split('.')[3]) - 1_700_000_000));
    }

    [Fact]
    public void A_torn_tail_is_cut_off_before_the_run_goes_on()
    {
        using (TensorBoardWriter writer = Start())
        {
            writer.WriteScalars(1, ("a", 1));
            writer.WriteScalars(2, ("a", 2));
        }

        string path = Assert.Single(_store.List(""));
        _store.Plant(path, _store.Read(path)[..^3]);
        using (TensorBoardWriter writer = Resume(2))
        {
            writer.WriteScalars(2, ("a", 2));
            writer.WriteScalars(3, ("a", 3));
        }

        Assert.Equal([(1, 1), (2, 2), (3, 3)], Points("a"));
    }

    [Fact]
    public void Files_of_others_stay_as_they_are()
    {
        byte[] foreign = [1, 2, 3];
        _store.Plant("events.out.tfevents.1700000000.host", foreign);
        _store.Plant("metrics.jsonl", foreign);
        Resume(5).Dispose();
        Assert.Equal(foreign, _store.Read("events.out.tfevents.1700000000.host"));
        Assert.Equal(foreign, _store.Read("metrics.jsonl"));
    }

    [Fact]
    public void A_full_disk_is_told_once_and_nothing_is_lost_or_doubled()
    {
        using TensorBoardWriter writer = Start();
        writer.WriteScalars(1, ("a", 1));
        _store.Capacity = _store.Read(_store.List("")[0]).Length + 10;
        writer.WriteScalars(2, ("a", 2));
        writer.WriteScalars(3, ("a", 3));
        Assert.Contains("cannot be written to 'memory:events.out.tfevents.1700000000.coordinator': No space left", Assert.Single(_reports));
        _store.Capacity = long.MaxValue;
        writer.WriteScalars(4, ("a", 4));
        Assert.Equal(2, _reports.Count);
        Assert.Equal(1, writer.Failures);
        Assert.Equal([(1, 1), (2, 2), (3, 3), (4, 4)], Points("a"));
    }

    [Fact]
    public void What_waits_is_tried_once_more_at_the_end()
    {
        _store.IsUnwritable = _ => true;
        TensorBoardWriter writer = Start();
        writer.WriteScalars(1, ("a", 1));
        _store.IsUnwritable = _ => false;
        writer.Dispose();
        Assert.Equal([(1, 1)], Points("a"));
    }

    [Fact]
    public void Metrics_become_series()
    {
        using TensorBoardWriter writer = Start();
        MetricSeries.Write(writer, SampleMetrics.Step(3));
        MetricSeries.Write(writer, SampleMetrics.Event(3));
        MetricSeries.Write(writer, SampleMetrics.Epoch(1, 3));
        Dictionary<string, List<(long Step, float Value)>> series = SampleReader.Scalars(SampleReader.Events(_store));
        Assert.All(series.Values, points => Assert.Equal(3, Assert.Single(points).Step));
        Assert.Equal((float)SampleMetrics.Step(3).TrainLoss, series["loss/minibatch"][0].Value);
        Assert.Equal((float)SampleMetrics.Epoch(1, 3).TrainAccuracy, series["accuracy/train"][0].Value);
        Assert.Equal((float)SampleMetrics.Epoch(1, 3).TestAccuracy!.Value, series["accuracy/test"][0].Value);
        Assert.DoesNotContain("loss/validation", series.Keys);
    }

    private TensorBoardWriter Start() => TensorBoardWriter.Start(_store, _time, _reports.Add);

    private TensorBoardWriter Resume(int step) => TensorBoardWriter.Resume(_store, _time, _reports.Add, step);

    private List<(long Step, float Value)> Points(string tag) => SampleReader.Scalars(SampleReader.Events(_store))[tag];
}
