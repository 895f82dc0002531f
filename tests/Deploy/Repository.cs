using System.Runtime.CompilerServices;

namespace Distributed.Deploy;

/// <summary>The checkout's files.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    internal static string PathOf(string relative) => Path.Combine(Root, relative);

    internal static string Text(string relative) => File.ReadAllText(PathOf(relative));

    /// <summary>Lines of a file whose long lines end in a backslash, joined; comments and blank lines are left out.</summary>
    internal static string[] LogicalLines(string text) => text
        .Split('\n')
        .Where(line => !line.TrimStart().StartsWith('#'))
        .Aggregate("", (joined, line) => joined.EndsWith('\\') ? joined[..^1] + line.TrimStart() : $"{joined}\n{line}")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string FindRoot([CallerFilePath] string here = "")
    {
        string folder = Path.GetDirectoryName(here)!;
        while (!File.Exists(Path.Combine(folder, "Distributed.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"no Distributed.sln above {here}");
        }

        return folder;
    }
}
