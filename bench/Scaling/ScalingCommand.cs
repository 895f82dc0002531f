using Distributed.Bench.Compare;

namespace Distributed.Bench.Scaling;

/// <summary>Trains with 1, 2, 4 … workers on as many cores, beside DistributedDataParallel, and prints how the time of an epoch falls.</summary>
internal static class ScalingCommand
{
    /// <param name="arguments">As <see cref="ScalingOptions"/>.</param>
    public static int Run(IReadOnlyList<string> arguments)
    {
        ScalingOptions options = ScalingOptions.Parse(arguments);
        if (options.Problem is { } problem)
        {
            Console.Error.WriteLine(problem);
            return 2;
        }

        PeerEnvironment.Clear();
        var setting = new Setting(IsQuick: false, Machine.Cores());
        string machine = Machine.Describe(setting.Cores.Count);
        Console.Error.WriteLine(machine);
        var measurement = new ScalingMeasurement(setting, options);
        ScalingCurve[] curves = [.. ScalingCase.All.Select(measurement.Measure)];
        string table = ScalingTable.Markdown(machine, DateTime.UtcNow, measurement.PeerName, curves);
        Console.WriteLine(table);
        if (options.Writes)
        {
            PerformanceFiles.WriteScaling(table, ScalingChart.Render(machine, curves));
        }

        return 0;
    }
}
