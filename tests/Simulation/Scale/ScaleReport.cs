using Distributed.Coordinator.Charts;

namespace Distributed.Simulation.Scale;

/// <summary>A study as a table and as a picture.</summary>
internal static class ScaleReport
{
    internal static void WriteTable(TextWriter output, string title, IReadOnlyList<ScalePoint> points)
    {
        output.WriteLine(title);
        output.WriteLine($"{"workers",8}{string.Concat(ScaleOptions.Models.Select(model => $"{$"{model:0.#} M",20}"))}");
        foreach (IGrouping<int, ScalePoint> row in points.GroupBy(point => point.Workers))
        {
            output.WriteLine($"{row.Key,8}{string.Concat(row.Select(point => $"{point.StepsPerSecond,10:G3}/s{point.Efficiency * 100,6:F1} %"))}");
        }
    }

    /// <summary>
    /// Arithmetic and bytes both grow with the parameters, so that every model has nearly the same efficiency: one is drawn for all.
    /// </summary>
    internal static string Draw(ScaleOptions options)
    {
        const double Drawn = 1e6;
        const int SamplesPerWorker = 1024;
        ScaleOptions growing = options with { SamplesPerWorker = SamplesPerWorker };
        (string Name, IReadOnlyList<ScalePoint> Points)[] studies =
        [
            ("star", ScaleStudy.RunModel(options, Drawn, null)),
            ("tree", ScaleStudy.RunModel(options, Drawn, options.FanIn)),
            ($"star, {SamplesPerWorker:N0} samples each", ScaleStudy.RunModel(growing, Drawn, null)),
            ($"tree, {SamplesPerWorker:N0} samples each", ScaleStudy.RunModel(growing, Drawn, options.FanIn)),
        ];
        return LineChartRenderer.RenderFile(
            "Simulated scale",
            [
                Chart("Efficiency", "share of the workers' arithmetic in use", ValueFormat.Percent, AxisScale.Linear, studies, point => point.Efficiency),
                Chart("Steps per second", "1 M parameters, logarithmic", ValueFormat.Plain, AxisScale.Logarithmic, studies, point => point.StepsPerSecond),
            ]);
    }

    private static LineChart Chart(
        string title,
        string subtitle,
        ValueFormat format,
        AxisScale scale,
        (string Name, IReadOnlyList<ScalePoint> Points)[] studies,
        Func<ScalePoint, double> value) => new()
    {
        Title = title,
        Subtitle = subtitle,
        XLabel = "workers",
        XScale = AxisScale.Logarithmic,
        Scale = scale,
        Format = format,
        Width = 640,
        Series =
        [
            .. studies.Select((study, index) => new ChartSeries(
                study.Name, [.. study.Points.Select(point => new ChartPoint(point.Workers, value(point)))], index)),
        ],
    };
}
