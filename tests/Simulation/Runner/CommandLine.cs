using System.Globalization;

namespace Distributed.Simulation.Runner;

/// <summary>The program's own arguments.</summary>
internal static class CommandLine
{
    /// <summary>The command, or null for what is not ours.</summary>
    internal static object? Understand(string[] arguments) => arguments switch
    {
        [var seed] when Number(seed) is { } number => new ReplayCommand(number),
        ["--seeds", var count] when Number(count) is { } seeds => new SeedsCommand(1, seeds),
        ["--seeds", var count, "--first-seed", var first] when Number(count) is { } seeds && Number(first) is { } number => new SeedsCommand(number, seeds),
        _ => null,
    };

    private static ulong? Number(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : null;
}
