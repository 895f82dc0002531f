using Distributed.Simulation.Scale;

namespace Distributed.Simulation.Runner;

/// <summary>Prints the scale study and draws it.</summary>
internal sealed record ScaleCommand(ScaleOptions Options)
{
    internal int Run(TextWriter output)
    {
        output.WriteLine($"{Options with { Svg = "" }}");
        IReadOnlyList<ScalePoint> star = ScaleStudy.Run(Options, null);
        IReadOnlyList<ScalePoint> tree = ScaleStudy.Run(Options, Options.FanIn);
        ScaleReport.WriteTable(output, "star, as built: steps per second and efficiency", star);
        ScaleReport.WriteTable(output, $"tree of aggregators with fan-in {Options.FanIn}", tree);
        if (Options.Svg.Length > 0)
        {
            File.WriteAllText(Options.Svg, ScaleReport.Draw(Options));
            output.WriteLine($"drawn in {Options.Svg}");
        }

        return 0;
    }
}
