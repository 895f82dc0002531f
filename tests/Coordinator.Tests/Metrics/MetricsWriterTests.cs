using System.Text;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Tests.Storage;

namespace Distributed.Coordinator.Tests.Metrics;

public sealed class MetricsWriterTests
{
    private readonly MemoryRunStore store = new();
    private readonly List<string> reports = [];

    [Fact]
    public void Each_line_is_in_the_file_as_it_comes()
    {
        using MetricsWriter writer = Writer();
        writer.Write(SampleMetrics.Step(1));
        Assert.Equal(1, Lines());
        writer.Write(SampleMetrics.Event(1));
        Assert.Equal(2, Lines());
        writer.Write(SampleMetrics.Epoch(1, 2));
        Assert.Equal(3, Lines());
    }

    [Fact]
    public void Closing_writes_the_rest()
    {
        using (MetricsWriter writer = Writer())
        {
            writer.Write(SampleMetrics.Step(1));
        }

        using (MetricsWriter writer = Writer())
        {
            writer.Write(SampleMetrics.Step(2));
        }

        Assert.Equal([1, 2], MetricsHistory.Read(store).Records.Select(record => record.Step));
    }

    [Fact]
    public void A_full_disk_is_told_once_and_nothing_is_lost_or_doubled()
    {
        using MetricsWriter writer = Writer();
        writer.Write(SampleMetrics.Epoch(1, 1));
        store.Capacity = store.Used + 10;
        writer.Write(SampleMetrics.Epoch(2, 2));
        writer.Write(SampleMetrics.Step(3));
        writer.Write(SampleMetrics.Epoch(3, 3));
        Assert.Equal(1, writer.Failures);
        Assert.Contains("No space left", Assert.Single(reports), StringComparison.Ordinal);

        store.Capacity = long.MaxValue;
        writer.Write(SampleMetrics.Epoch(4, 4));
        Assert.Contains("again", reports[1], StringComparison.Ordinal);
        Assert.Equal(1, writer.Failures);
        MetricsHistory history = MetricsHistory.Read(store);
        Assert.Equal([1, 2, 3, 3, 4], history.Records.Select(record => record.Step));
        Assert.Empty(history.Warnings);
    }

    [Fact]
    public void An_unwritable_file_stops_nothing()
    {
        store.IsUnwritable = _ => true;
        MetricsWriter writer = Writer();
        writer.Write(SampleMetrics.Epoch(1, 1));
        writer.Sync();
        writer.Dispose();
        Assert.Equal(1, writer.Failures);
        Assert.Contains("denied", Assert.Single(reports), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_synced_survives_a_power_cut()
    {
        using MetricsWriter writer = Writer();
        writer.Write(SampleMetrics.Step(1));
        writer.Sync();
        writer.Write(SampleMetrics.Epoch(1, 2));
        Assert.Equal(1, MetricsHistory.Read(store.AfterPowerCut(0, 0)).Records.Single().Step);
        MetricsHistory torn = MetricsHistory.Read(store.AfterPowerCut(0, 0.5));
        Assert.Equal(1, torn.Records.Single().Step);
        Assert.Empty(torn.Warnings);
    }

    private MetricsWriter Writer() => new(store, reports.Add);

    private int Lines() =>
        store.Exists(MetricsHistory.FileName) ? Encoding.UTF8.GetString(store.Read(MetricsHistory.FileName)).Count(letter => letter == '\n') : 0;
}
