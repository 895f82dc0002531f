using Distributed.Numerics.Random;

namespace Distributed.Simulation.Engine;

/// <summary>
/// A simulation's only source of chance. On the product's own integer generator, because <c>System.Random</c> promises no sequence across versions:
/// a seed must mean the same disaster next year.
/// </summary>
public sealed class Dice(ulong seed)
{
    private readonly Prng _random = Prng.ForAuxiliary(seed, 0);

    public bool Chance(double probability) => probability > 0 && _random.NextDouble() < probability;

    /// <summary>0 … <paramref name="bound"/>-1.</summary>
    public int Below(int bound) => _random.NextInt32(bound);

    /// <summary>From <paramref name="low"/> to <paramref name="high"/>, both possible.</summary>
    public int Between(int low, int high) => low + _random.NextInt32(high - low + 1);

    public double Between(double low, double high) => low + ((high - low) * _random.NextDouble());

    public TimeSpan Between(TimeSpan low, TimeSpan high) => low + TimeSpan.FromTicks((long)((high - low).Ticks * _random.NextDouble()));

    public T Pick<T>(IReadOnlyList<T> choices) => choices[_random.NextInt32(choices.Count)];

    /// <summary>
    /// The time until the next of a fault that comes every <paramref name="mean"/> on average: geometric in steps of a hundredth of the mean,
    /// as a good enough stand-in for the exponential distribution that asks no logarithm of the platform.
    /// </summary>
    public TimeSpan Until(TimeSpan mean)
    {
        int steps = 1;
        while (steps < 600 && !Chance(0.01))
        {
            steps++;
        }

        return mean * (steps / 100.0);
    }

    /// <summary>The last draw of all: equal between two runs of a seed exactly when both drew equally often.</summary>
    public ulong Last() => _random.NextUInt64();
}
