using System.Diagnostics;

namespace Distributed.Peers;

/// <summary>Runs another program to its end.</summary>
internal static class PeerProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Its exit code and all that it printed; null when there is no such program.</summary>
    public static PeerResult? TryRun(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            return Finish(process, program);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static PeerResult Finish(Process process, string program)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} did not end within {Patience}");
        }

        return new PeerResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}

/// <summary>What a program left when it ended.</summary>
internal sealed record PeerResult(int ExitCode, string Output, string Error)
{
    /// <summary>What it printed on standard output, if it ended well.</summary>
    public string Expect()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}\n{Error}");
        return Output;
    }

    /// <summary>The last line of its complaint.</summary>
    public string Complaint => (Error + Output).TrimEnd().Split('\n')[^1];
}
