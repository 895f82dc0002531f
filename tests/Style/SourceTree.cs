using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Distributed.Style;

/// <summary>The files git knows in this checkout, with their lines.</summary>
internal static class SourceTree
{
    internal static string Root { get; } = FindRoot();

    internal static IReadOnlyList<string> Files { get; } = Git("ls-files", "--cached", "--others", "--exclude-standard")
        .Where(path => File.Exists(Path.Combine(Root, path)))
        .ToArray();

    internal static IEnumerable<string> CSharp(params string[] folders) =>
        Files.Where(path => path.EndsWith(".cs", StringComparison.Ordinal) && folders.Any(folder => path.StartsWith(folder + "/", StringComparison.Ordinal)));

    internal static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    /// <summary>Lines that hold code, with line comments removed, and their 1-based numbers.</summary>
    internal static IEnumerable<(int Number, string Text)> Code(string path)
    {
        string[] lines = Lines(path);
        for (int i = 0; i < lines.Length; i++)
        {
            string text = lines[i];
            int comment = text.IndexOf("//", StringComparison.Ordinal);
            if (comment >= 0 && !text.Contains("://", StringComparison.Ordinal))
            {
                text = text[..comment];
            }

            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return (i + 1, text);
            }
        }
    }

    private static string[] Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Root, RedirectStandardOutput = true };
        using Process git = Process.Start(start)!;
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

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
