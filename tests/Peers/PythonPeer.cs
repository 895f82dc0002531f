namespace Distributed.Peers;

/// <summary>Debian's Python with its packages (python3-numpy, python3-onnx, python3-torch).</summary>
internal static class PythonPeer
{
    /// <summary>Debian's packages belong to this one; another Python on the search path would not see them.</summary>
    private const string Debian = "/usr/bin/python3";

    private static string Program => File.Exists(Debian) ? Debian : "python3";

    /// <summary>
    /// Runs a script that needs nothing but Python, and returns what it printed. Skips the test where there is no Python.
    /// </summary>
    public static string Run(string script, params string[] arguments)
    {
        Require("sys");

        // No bytecode is left beside the scripts.
        return PeerProcess.TryRun(Program, PeerFolder.Python, ["-B", script, .. arguments])!.Expect();
    }

    /// <summary>As <see cref="Run"/>, for a script that needs <paramref name="module"/>. Skips the test where it is missing.</summary>
    public static string RunWith(string module, string script, params string[] arguments)
    {
        Require(module);
        return Run(script, arguments);
    }

    /// <summary>As <see cref="RunWith"/>, for a script of another folder, in that folder.</summary>
    public static string RunIn(string folder, string module, string script)
    {
        Require(module);
        return PeerProcess.TryRun(Program, folder, script)!.Expect();
    }

    private static void Require(string module)
    {
        PeerResult? probe = PeerProcess.TryRun(Program, PeerFolder.Python, "-c", $"import {module}");
        if (probe is null)
        {
            Assert.Skip("there is no python3 on this machine (Debian's package python3)");
        }

        if (probe is { ExitCode: not 0 })
        {
            Assert.Skip($"python3 has no {module} on this machine (Debian's package python3-{module}): {probe.Complaint}");
        }
    }
}
