using System.Diagnostics;

namespace Distributed.Deploy;

/// <summary>A program that runs to its end.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>True where it is installed.</summary>
    internal static bool Exists(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, name)));

    /// <summary>Runs it; exit code, standard output and standard error.</summary>
    internal static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string folder, string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        return (process.ExitCode, await output, await error);
    }

    /// <summary>Runs it to exit code 0; its standard output.</summary>
    internal static async Task<string> RunWellAsync(
        string folder, string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        (int code, string output, string error) = await RunAsync(folder, program, arguments, environment);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)}: exit code {code}\n{output}\n{error}");
        return output;
    }
}
