namespace Distributed.Simulation.Scale;

/// <summary>The cost model: what the machines and links of an imagined cluster can do.</summary>
public sealed record ScaleOptions
{
    /// <summary>A worker's arithmetic.</summary>
    public double WorkerGigaflops { get; init; } = 100;

    /// <summary>A worker's link, each way.</summary>
    public double WorkerGigabits { get; init; } = 10;

    /// <summary>The link of the coordinator and of every aggregator, each way.</summary>
    public double CoordinatorGigabits { get; init; } = 25;

    /// <summary>One message's way, without its bytes.</summary>
    public double LatencyMicroseconds { get; init; } = 50;

    /// <summary>Gradient bytes that the coordinator or an aggregator adds per second.</summary>
    public double ReductionGigabytes { get; init; } = 10;

    /// <summary>Samples in a minibatch, whatever the number of workers.</summary>
    public int Batch { get; init; } = 8192;

    /// <summary>When above 0, a minibatch has so many samples for each worker instead, and grows with them.</summary>
    public int SamplesPerWorker { get; init; }

    /// <summary>Children of an aggregator.</summary>
    public int FanIn { get; init; } = 16;

    /// <summary>Pieces that a tensor is cut into on its way through aggregators, so that one level works while the next is still sending.</summary>
    public int Chunks { get; init; } = 64;

    /// <summary>Where the picture goes; none when empty.</summary>
    public string Svg { get; init; } = "";

    /// <summary>Millions of parameters.</summary>
    public static IReadOnlyList<double> Models { get; } = [0.1, 1, 10, 100, 1000];

    /// <summary>Workers: the powers of two to 4,096.</summary>
    public static IReadOnlyList<int> Workers { get; } = [.. Enumerable.Range(0, 13).Select(power => 1 << power)];

    /// <summary>
    /// Seconds that each of <paramref name="workers"/> computes in a step: 6 operations per parameter and sample (forward 2, backward 4).
    /// </summary>
    public double ComputeSeconds(double parameters, int workers)
    {
        double samples = SamplesPerWorker > 0 ? SamplesPerWorker : (double)Batch / workers;
        return 6 * parameters * samples / (WorkerGigaflops * 1e9);
    }
}
