namespace Distributed.Peers;

/// <summary>Node with the packages of node/package-lock.json, which npm installs there when they are missing.</summary>
internal static class NodePeer
{
    private static readonly Lazy<string?> Missing = new(Install);

    /// <summary>Runs a script, and returns what it printed. Skips the test where Node, npm or the packages cannot be had.</summary>
    public static string Run(string script, params string[] arguments)
    {
        if (Missing.Value is string reason)
        {
            Assert.Skip(reason);
        }

        return PeerProcess.TryRun("node", PeerFolder.Node, [script, .. arguments])!.Expect();
    }

    /// <summary>Null, or why there is no such peer here.</summary>
    private static string? Install()
    {
        if (PeerProcess.TryRun("node", PeerFolder.Node, "--version") is null)
        {
            return "there is no node on this machine (Debian's package nodejs)";
        }

        if (IsInstalled())
        {
            return null;
        }

        PeerResult? install = PeerProcess.TryRun("npm", PeerFolder.Node, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        return install switch
        {
            null => "there is no npm on this machine (Debian's package npm), and tests/Peers/node has no node_modules",
            { ExitCode: 0 } => null,
            _ => $"npm could not install tests/Peers/node: {install.Complaint}",
        };
    }

    /// <summary>True when npm's record of what it installed is at least as new as what is asked for.</summary>
    private static bool IsInstalled()
    {
        var wanted = new FileInfo(Path.Combine(PeerFolder.Node, "package-lock.json"));
        var installed = new FileInfo(Path.Combine(PeerFolder.Node, "node_modules", ".package-lock.json"));
        return installed.Exists && installed.LastWriteTimeUtc >= wanted.LastWriteTimeUtc;
    }
}
