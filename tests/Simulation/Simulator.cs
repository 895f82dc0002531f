using Distributed.Simulation.Faults;

namespace Distributed.Simulation;

/// <summary>What a seed came to.</summary>
/// <param name="Failure">What did not hold; null when all did.</param>
/// <param name="Events">Events that happened.</param>
/// <param name="LastDraw">The last random number: with the two others it shows that two runs of a seed were the same.</param>
/// <param name="Digest">Of the journal.</param>
public sealed record SeedResult(ulong Seed, string? Failure, long Events, ulong LastDraw, ulong Digest, TimeSpan VirtualTime, Coverage Coverage);

/// <summary>Seed in, everything out.</summary>
public static class Simulator
{
    /// <param name="seed">Names the disaster.</param>
    /// <param name="protocol">What is simulated; as built unless given.</param>
    /// <param name="write">Takes a line for every event.</param>
    /// <param name="change">Changes the plan that the seed drew.</param>
    public static SeedResult Run(
        ulong seed, ProtocolUnderTest? protocol = null, Action<string>? write = null, Func<FaultPlan, FaultPlan>? change = null)
    {
        var world = new World(seed, protocol ?? new ProtocolUnderTest(), write, change);
        string? failure = null;
        try
        {
            world.Run();
        }
        catch (SimulationFailure unmet)
        {
            failure = unmet.Message;
        }
        catch (Exception bug)
        {
            failure = bug.ToString();
        }

        return new SeedResult(seed, failure, world.Loop.Happened, world.Dice.Last(), world.Journal.Digest, world.Now, world.Coverage);
    }
}
