using System.Runtime.CompilerServices;

namespace Distributed.Bench.Compare;

/// <summary>Where the figures go: sections of docs/performance.md, and drawings beside it.</summary>
internal static class PerformanceFiles
{
    /// <summary>The comparison: its section, the bars, and the roofline where products were measured.</summary>
    public static void Write(Report report)
    {
        WriteSection("compare", PerformanceTable.Markdown(report));
        WriteDrawing("performance-bars.svg", BarChart.Render(report));
        if (report.Results.Any(result => result.Rates is not null))
        {
            WriteDrawing("performance-roofline.svg", RooflineChart.Render(report, MemoryBandwidth.BytesPerSecond()));
        }
    }

    /// <summary>Times with 1, 2, 4 … workers: their section and drawing.</summary>
    public static void WriteScaling(string table, string drawing)
    {
        WriteSection("scaling", table + "\n![Speedup over one worker](performance-scaling.svg)\n");
        WriteDrawing("performance-scaling.svg", drawing);
    }

    private static void WriteSection(string name, string body)
    {
        string file = Path.Combine(Docs(), "performance.md");
        File.WriteAllText(file, MeasuredSection.Replace(File.ReadAllText(file), name, body));
        Console.WriteLine($"written: {file}");
    }

    private static void WriteDrawing(string name, string svg) => File.WriteAllText(Path.Combine(Docs(), name), svg);

    private static string Docs([CallerFilePath] string here = "")
    {
        string? folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Distributed.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Combine(folder ?? Environment.CurrentDirectory, "docs");
    }
}
