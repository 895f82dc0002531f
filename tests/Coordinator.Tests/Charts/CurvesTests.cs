using System.Xml.Linq;
using Distributed.Coordinator.Charts;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Tests.Metrics;

namespace Distributed.Coordinator.Tests.Charts;

public sealed class CurvesTests
{
    [Fact]
    public void Shows_only_what_was_measured()
    {
        LineChart loss = Curves.Loss([SampleMetrics.Epoch(1, 10), SampleMetrics.Epoch(2, 20)]);
        Assert.Equal(["training", "validation", "test"], loss.Series.Select(series => series.Name));
        string svg = LineChartRenderer.RenderInline(loss, "loss");
        Assert.Contains(">training<", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("validation", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_measured_on_some_epochs_only_has_gaps()
    {
        EpochMetrics without = SampleMetrics.Epoch(2, 20) with { TestLoss = null, TestAccuracy = null };
        ChartSeries test = Curves.Accuracy([SampleMetrics.Epoch(1, 10), without, SampleMetrics.Epoch(3, 30)]).Series[2];
        Assert.Equal([false, true, false], test.Points.Select(point => double.IsNaN(point.Y)));
    }

    [Theory]
    [InlineData(0.01, AxisScale.Linear)]
    [InlineData(0.00999, AxisScale.Logarithmic)]
    public void A_loss_that_falls_far_is_drawn_logarithmically(double lowest, AxisScale scale)
    {
        EpochMetrics first = SampleMetrics.Epoch(1, 10) with { TrainLoss = 1, TestLoss = null };
        EpochMetrics[] epochs = [first, first with { Epoch = 2, Step = 20, TrainLoss = lowest }];
        Assert.Equal(scale, Curves.Loss(epochs).Scale);
    }

    [Fact]
    public void The_file_is_well_formed_from_the_first_epoch_on()
    {
        for (int epochs = 0; epochs < 4; epochs++)
        {
            EpochMetrics[] records = [.. Enumerable.Range(1, epochs).Select(epoch => SampleMetrics.Epoch(epoch, 10 * epoch))];
            XElement svg = XElement.Parse(Curves.RenderFile(records));
            Assert.Equal("svg", svg.Name.LocalName);
        }
    }
}
