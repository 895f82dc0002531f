using System.Reflection;

namespace Distributed.Simulation.Runner;

/// <summary>Which sources this program was built from: a seed means the same only for the same sources.</summary>
internal static class Commit
{
    /// <summary>As the compiler was told, or "unknown".</summary>
    internal static string Current =>
        typeof(Commit).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [_, var commit]
            ? commit
            : "unknown";
}
