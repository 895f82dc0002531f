using Distributed.Coordinator.Charts;

namespace Distributed.Bench.Scaling;

/// <summary>How many times as fast as one worker of one process, over the workers.</summary>
internal static class ScalingChart
{
    private const int Width = 520, Height = 400;

    public static string Render(string machine, IReadOnlyList<ScalingCurve> curves) =>
        LineChartRenderer.RenderFile($"More workers on more cores: {machine}", [.. curves.Select(Chart)]);

    private static LineChart Chart(ScalingCurve curve)
    {
        double one = curve.Points[0].OneProcess, peer = curve.Points[0].Peer;
        return new LineChart
        {
            Title = curve.Case.Title.Split(',')[0],
            Subtitle = "speedup over one worker",
            XLabel = "workers, a core each",
            XScale = AxisScale.Logarithmic,
            Scale = AxisScale.Logarithmic,
            Width = Width,
            Height = Height,
            Series =
            [
                Line("one process", curve, point => one / point.OneProcess, 0),
                Line("worker processes", curve, point => one / point.Processes, 1),
                Line("DistributedDataParallel, over itself", curve, point => peer / point.Peer, 2),
                Line("as many times as workers", curve, point => point.Workers, 5),
            ],
        };
    }

    private static ChartSeries Line(string name, ScalingCurve curve, Func<ScalingPoint, double> value, int style) =>
        new(name, [.. curve.Points.Select(point => new ChartPoint(point.Workers, value(point)))], style);
}
