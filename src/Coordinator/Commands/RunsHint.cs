using Distributed.Coordinator.Data;
using Distributed.Coordinator.Metrics;

namespace Distributed.Coordinator.Commands;

/// <summary>What to give instead of a folder that is not a run's but holds some, as runs does.</summary>
public static class RunsHint
{
    private const int NamesMax = 5;

    /// <summary>"; it holds runs: give runs/a or runs/b", or "" where it holds none.</summary>
    public static string For(string folder)
    {
        string[] runs =
        [
            .. DataFile.NamesIn(folder)
                .Select(name => Path.Combine(folder, name))
                .Where(path => File.Exists(Path.Combine(path, RunManifest.FileName)))
                .Take(NamesMax + 1),
        ];
        string more = runs.Length > NamesMax ? " …" : "";
        return runs.Length == 0 ? "" : $"; it holds runs: give {string.Join(", ", runs.Take(NamesMax))}{more}";
    }
}
