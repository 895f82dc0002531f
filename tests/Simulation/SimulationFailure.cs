namespace Distributed.Simulation;

/// <summary>A checker's verdict: what had to hold does not.</summary>
public sealed class SimulationFailure(string message) : Exception(message)
{
    internal static void Unless(bool condition, string message)
    {
        if (!condition)
        {
            throw new SimulationFailure(message);
        }
    }
}
