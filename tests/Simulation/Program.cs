using Distributed.Simulation.Runner;

namespace Distributed.Simulation;

/// <summary>
/// <c>-- 123</c> replays a seed, <c>-- --seeds 10000 [--first-seed N]</c> runs many. Everything else is for the test runner.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments) => CommandLine.Understand(arguments) switch
    {
        ReplayCommand replay => replay.Run(Console.Out),
        SeedsCommand seeds => seeds.Run(Console.Out, TimeProvider.System, Environment.ProcessorCount),
        ScaleCommand scale => scale.Run(Console.Out),
        _ => Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(arguments).GetAwaiter().GetResult(),
    };
}
