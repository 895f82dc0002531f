using System.Text;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Tests.Storage;

namespace Distributed.Coordinator.Tests.Metrics;

public sealed class MetricsHistoryTests
{
    private readonly MemoryRunStore store = new();

    [Fact]
    public void No_file_is_an_empty_history()
    {
        Assert.Empty(MetricsHistory.Read(store).Records);
        Assert.Empty(MetricsHistory.Rewind(store, 0, 1).Records);
        Assert.Empty(store.List(""));
    }

    [Fact]
    public void Rewinding_drops_later_lines_and_keeps_the_bytes_of_the_rest()
    {
        MetricsRecord[] kept = [SampleMetrics.Step(1), SampleMetrics.Epoch(1, 2), SampleMetrics.Event(3)];
        MetricsRecord[] records = [.. kept, SampleMetrics.Step(4), SampleMetrics.Epoch(2, 4), SampleMetrics.Event(5)];
        Plant([.. records.SelectMany(MetricsJson.ToLine)]);
        MetricsHistory history = MetricsHistory.Rewind(store, step: 3, epoch: 2);
        Assert.Equal(kept, history.Records);
        Assert.Equal(kept.SelectMany(MetricsJson.ToLine), store.Read(MetricsHistory.FileName));
        Assert.Equal(kept, MetricsHistory.Read(store).Records);
        Assert.Equal([1], history.Epochs.Select(epoch => epoch.Epoch));
    }

    /// <summary>
    /// A checkpoint at the very end of an epoch may stand before or after the epoch's record; the record must be there exactly once.
    /// </summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public void The_record_of_the_checkpoints_own_epoch_is_written_again(int epoch, int kept)
    {
        Plant(MetricsJson.ToLine(SampleMetrics.Epoch(1, 1875)));
        Assert.Equal(kept, MetricsHistory.Rewind(store, 1875, epoch).Records.Count);
    }

    [Fact]
    public void Every_torn_last_line_is_tolerated_and_removed()
    {
        byte[] first = MetricsJson.ToLine(SampleMetrics.Step(1));
        byte[] second = MetricsJson.ToLine(SampleMetrics.Epoch(1, 2));
        for (int length = 0; length < second.Length; length++)
        {
            Plant([.. first, .. second[..length]]);
            MetricsHistory history = MetricsHistory.Rewind(store, 2, 2);
            Assert.Equal(1, Assert.Single(history.Records).Step);
            Assert.Empty(history.Warnings);
            Assert.Equal(first, store.Read(MetricsHistory.FileName));
        }
    }

    [Fact]
    public void A_damaged_line_in_the_middle_is_named()
    {
        Plant([.. MetricsJson.ToLine(SampleMetrics.Step(1)), .. "{garbage\n"u8, .. MetricsJson.ToLine(SampleMetrics.Step(2))]);
        MetricsHistory history = MetricsHistory.Read(store);
        Assert.Equal(2, history.Records.Count);
        Assert.Equal("Line 2 of 'memory:metrics.jsonl' is not a metrics record and is left out.", Assert.Single(history.Warnings));
        Assert.Equal(history.Warnings, MetricsHistory.Rewind(store, 9, 1).Warnings);
        Assert.Empty(MetricsHistory.Read(store).Warnings);
    }

    [Fact]
    public void A_power_cut_while_rewinding_leaves_the_old_lines_or_the_new()
    {
        byte[] all = [.. MetricsJson.ToLine(SampleMetrics.Step(1)), .. MetricsJson.ToLine(SampleMetrics.Step(2))];
        for (int cut = 0; ; cut++)
        {
            var cutting = new MemoryRunStore { PowerCutAt = cut };
            cutting.Plant(MetricsHistory.FileName, all);
            bool finished = Rewinds(cutting);
            string left = Encoding.UTF8.GetString(cutting.AfterPowerCut(0.5, 0.5).Read(MetricsHistory.FileName));
            Assert.Contains(left, new[] { Encoding.UTF8.GetString(all), Encoding.UTF8.GetString(MetricsJson.ToLine(SampleMetrics.Step(1))) });
            if (finished)
            {
                break;
            }
        }
    }

    private static bool Rewinds(MemoryRunStore store)
    {
        try
        {
            MetricsHistory.Rewind(store, 1, 1);
            return true;
        }
        catch (PowerCutException)
        {
            return false;
        }
    }

    private void Plant(byte[] bytes) => store.Plant(MetricsHistory.FileName, bytes);
}
