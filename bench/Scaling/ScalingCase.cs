using Distributed.Bench.Compare;

namespace Distributed.Bench.Scaling;

/// <summary>A network that is trained by more and more workers.</summary>
/// <param name="Title">As the table shows it.</param>
/// <param name="Work">What is trained; every minibatch has at least a microbatch for each worker.</param>
/// <param name="WorkersMax">The most workers that a minibatch can be shared among.</param>
internal sealed record ScalingCase(string Title, Work Work, int WorkersMax)
{
    public static IReadOnlyList<ScalingCase> All { get; } =
    [
        new("scratch-mlp: 784-128-10, SGD, minibatches of 32 in 8 microbatches", new Work("scratch-mlp", 4), 8),
        new("784-2048-2048-10, Adam, minibatches of 512 in 16 microbatches", new Work("wide-adam", 3, 40 * 512, Microbatches: 16), 16),
    ];

    /// <summary>1, 2, 4 … as far as the minibatch and the machine's cores reach.</summary>
    public IEnumerable<int> WorkerCounts(int cores)
    {
        for (int workers = 1; workers <= Math.Min(WorkersMax, cores); workers *= 2)
        {
            yield return workers;
        }
    }
}
