using Distributed.Coordinator.Charts;

namespace Distributed.Coordinator.Web;

/// <summary>The report's curves; in the first epochs, which may take long, with the minibatches as well.</summary>
internal static class LiveCurves
{
    private const int MinibatchStyle = 5;

    /// <summary>From this many epochs on their own curve says more than the minibatches' ups and downs.</summary>
    private const int EpochsEnough = 3;

    internal static LineChart Loss(RunSnapshot run) => WithTrail(Curves.Loss(run.Epochs), run, point => point.Loss);

    internal static LineChart Accuracy(RunSnapshot run) => WithTrail(Curves.Accuracy(run.Epochs), run, point => point.Accuracy);

    private static LineChart WithTrail(LineChart chart, RunSnapshot run, Func<TrailPoint, double> value)
    {
        if (run.Summary is not { StepsPerEpoch: > 0 } summary || run.Trail.Count < 2 || run.Epochs.Count >= EpochsEnough)
        {
            return chart;
        }

        var points = run.Trail.Select(point => new ChartPoint(point.Step / summary.StepsPerEpoch, value(point)));
        return chart with { Series = [.. chart.Series, new ChartSeries("minibatches", [.. points], MinibatchStyle)] };
    }
}
