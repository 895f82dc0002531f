using Distributed.Simulation.Faults;

namespace Distributed.Simulation.Runner;

/// <summary>Shows a seed: its options first, then every event on a line, then what it came to.</summary>
internal sealed record ReplayCommand(ulong Seed)
{
    internal int Run(TextWriter output)
    {
        output.WriteLine($"seed {Seed}, program {typeof(World).Assembly.GetName().Version}, commit {Commit.Current}");
        SeedResult result = Simulator.Run(Seed, write: output.WriteLine, change: plan => Show(plan, output));
        output.Write($"{result.Events} events in {result.VirtualTime.TotalSeconds:F3} virtual seconds, ");
        output.WriteLine($"last draw {result.LastDraw:x16}, digest {result.Digest:x16}");
        output.WriteLine(result.Failure is null ? "passed" : $"FAILED: {result.Failure}");
        return result.Failure is null ? 0 : 1;
    }

    private static FaultPlan Show(FaultPlan plan, TextWriter output)
    {
        foreach (string line in plan.Lines())
        {
            output.WriteLine(line);
        }

        return plan;
    }
}
