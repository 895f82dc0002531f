using System.Runtime.CompilerServices;

namespace Distributed.Peers;

/// <summary>Where the scripts that the peers run are.</summary>
internal static class PeerFolder
{
    public static string Node { get; } = Path.Combine(Here(), "node");

    public static string Python { get; } = Path.Combine(Here(), "python");

    public static string Documentation { get; } = Path.Combine(Here(), "..", "..", "docs");

    public static string Readme { get; } = Path.Combine(Here(), "..", "..", "README.md");

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
