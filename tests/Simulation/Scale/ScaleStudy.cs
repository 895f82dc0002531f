namespace Distributed.Simulation.Scale;

/// <summary>Steps per second and efficiency of one model with one number of workers.</summary>
/// <param name="Efficiency">Of the workers' arithmetic: 1 when they never wait.</param>
public readonly record struct ScalePoint(double Parameters, int Workers, double StepsPerSecond, double Efficiency);

/// <summary>All models with all numbers of workers.</summary>
public static class ScaleStudy
{
    /// <summary>The star as built when <paramref name="fanIn"/> is null, a tree of aggregators otherwise.</summary>
    public static IReadOnlyList<ScalePoint> Run(ScaleOptions options, int? fanIn) =>
    [
        .. from model in ScaleOptions.Models
           from workers in ScaleOptions.Workers
           select Point(options, model * 1e6, workers, fanIn),
    ];

    /// <summary>One model with all numbers of workers.</summary>
    public static IReadOnlyList<ScalePoint> RunModel(ScaleOptions options, double parameters, int? fanIn) =>
        [.. ScaleOptions.Workers.Select(workers => Point(options, parameters, workers, fanIn))];

    /// <summary>One of them.</summary>
    public static ScalePoint Point(ScaleOptions options, double parameters, int workers, int? fanIn)
    {
        double seconds = new ScaleRun(options, parameters, workers, fanIn).StepSeconds();
        return new ScalePoint(parameters, workers, 1 / seconds, options.ComputeSeconds(parameters, workers) / seconds);
    }
}
