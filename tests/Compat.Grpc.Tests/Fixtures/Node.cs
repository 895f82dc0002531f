using System.Diagnostics;

namespace Distributed.Compat.Grpc.Tests.Fixtures;

/// <summary>Runs this project's Node scripts, which speak gRPC by @grpc/grpc-js. Its packages are installed when they are missing.</summary>
internal static class Node
{
    private static readonly string Folder = FindFolder();
    private static readonly Lazy<Task<string?>> Missing = new(InstallAsync);

    /// <summary>Skips the test, saying why, where Node or its packages cannot be had.</summary>
    public static async Task RequireAsync()
    {
        if (await Missing.Value is { } reason)
            Assert.Skip(reason);
    }

    public static Process Start(string script, params string[] arguments) =>
        Launch("node", [Path.Combine(Folder, script), .. arguments]);

    /// <summary>Runs a script to its end and returns what it printed.</summary>
    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        using Process process = Start(script, arguments);
        return await OutputAsync(process);
    }

    private static async Task<string?> InstallAsync()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "@grpc", "grpc-js")))
            return null;
        try
        {
            using Process npm = Launch("npm", ["ci"]);
            string output = await OutputAsync(npm);
            return npm.ExitCode == 0 ? null : $"npm ci failed in {Folder}: {output}";
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return $"Node.js is needed for the tests against @grpc/grpc-js: {exception.Message}";
        }
    }

    private static Process Launch(string program, IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = Folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task<string> OutputAsync(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
        return (await output + await errors).Trim();
    }

    private static string FindFolder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "node", "package-lock.json")))
            folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests has node/package-lock.json."), "node");
    }
}
