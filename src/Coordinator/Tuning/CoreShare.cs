namespace Distributed.Coordinator.Tuning;

/// <summary>How a rung's trials share the cores. It changes how long a tuning takes, never what comes out.</summary>
/// <param name="Parallel">Trials at once.</param>
/// <param name="Workers">Workers of each.</param>
public readonly record struct CoreShare(int Parallel, int Workers)
{
    /// <summary>A trial per core; where fewer trials than cores are left, more workers for each.</summary>
    /// <param name="cores">Cores of this process.</param>
    /// <param name="trials">Trials to train, at least 1.</param>
    /// <param name="parallel">What was asked for, or null.</param>
    /// <param name="workers">What was asked for, or null.</param>
    public static CoreShare Of(int cores, int trials, int? parallel, int? workers)
    {
        int atOnce = Math.Min(trials, parallel ?? Math.Max(1, cores / (workers ?? 1)));
        return new CoreShare(atOnce, workers ?? Math.Max(1, cores / atOnce));
    }
}
