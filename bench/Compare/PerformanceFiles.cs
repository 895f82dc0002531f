using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Distributed.Bench.Compare;

/// <summary>
/// Where the figures go: docs/performance.md between two markers, and two drawings. The first marker holds the SHA-256 of what lies between
/// them, so that a figure nobody measured is noticed.
/// </summary>
internal static class PerformanceFiles
{
    private const string End = "<!-- compare:end -->";

    public static void Write(Report report)
    {
        string docs = Path.Combine(Root(), "docs");
        Directory.CreateDirectory(docs);
        string file = Path.Combine(docs, "performance.md");
        string old = File.Exists(file) ? File.ReadAllText(file) : $"# Performance\n\n{Begin("")}\n{End}\n";
        File.WriteAllText(file, Replace(old, PerformanceTable.Markdown(report)));
        File.WriteAllText(Path.Combine(docs, "performance-bars.svg"), BarChart.Render(report));
        if (report.Results.Any(result => result.Rates is not null))
        {
            File.WriteAllText(Path.Combine(docs, "performance-roofline.svg"), RooflineChart.Render(report, MemoryBandwidth.BytesPerSecond()));
        }

        Console.WriteLine($"written: {file} and its drawings");
    }

    private static string Begin(string body) => $"<!-- compare:begin sha256={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))} -->";

    private static string Replace(string text, string body)
    {
        int start = text.IndexOf("<!-- compare:begin", StringComparison.Ordinal), end = text.IndexOf(End, StringComparison.Ordinal);
        if (start < 0 || end < start)
        {
            throw new InvalidOperationException("docs/performance.md has lost its compare:begin and compare:end markers");
        }

        return $"{text[..start]}{Begin(body)}\n{body}{text[end..]}";
    }

    private static string Root([CallerFilePath] string here = "")
    {
        string? folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Distributed.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? Environment.CurrentDirectory;
    }
}
