using System.Diagnostics;

namespace Distributed.Bench.Compare;

/// <summary>Measures every row of the table, side by side with the peers, and writes it for people.</summary>
internal static class CompareCommand
{
    /// <param name="arguments">--quick, --rows KEY,KEY, --write (also when only some rows were measured).</param>
    public static int Run(IReadOnlyList<string> arguments)
    {
        IReadOnlyList<int> cores = Machine.Cores();
        IReadOnlyList<Row> all = Table.Rows;
        var options = CompareOptions.Parse(arguments, [.. all.Select(row => row.Key)]);
        if (options.Problem is { } problem)
        {
            Console.Error.WriteLine(problem);
            return 2;
        }

        PeerEnvironment.Clear();
        var setting = new Setting(options.IsQuick, cores);
        Console.WriteLine(Machine.Describe(cores.Count));
        List<RowResult> results = Measure(setting, [.. all.Where(row => options.Includes(row.Key))]);
        Summarize(results);
        if (options.Writes)
        {
            PerformanceFiles.Write(new Report(Machine.Describe(cores.Count), DateTime.UtcNow, options.IsQuick, results));
        }

        return 0;
    }

    private static List<RowResult> Measure(Setting setting, Row[] rows)
    {
        if (OperatingSystem.IsLinux())
        {
            // What is measured inside this process stays on the core that the one-core rows use.
            Process.GetCurrentProcess().ProcessorAffinity = 1 << setting.Cores[^1];
        }

        var results = new List<RowResult>();
        foreach (Row row in rows)
        {
            foreach (RowResult result in MeasureSafely(row, setting))
            {
                Print(result);
                results.Add(result);
            }
        }

        return results;
    }

    /// <summary>A row that fails says so and does not take the others with it.</summary>
    private static IEnumerable<RowResult> MeasureSafely(Row row, Setting setting)
    {
        try
        {
            return row is GemmRow ? row.Measure(setting) : [.. row.Measure(setting)];
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or System.ComponentModel.Win32Exception)
        {
            return [RowResult.Missing(row.Key, row.Key, "", error.Message.ReplaceLineEndings(" "))];
        }
    }

    private static void Print(RowResult result)
    {
        Console.WriteLine($"{Word(result.Verdict),-12} {result.What}");
        Console.WriteLine($"             ours {result.Ours}{(result.Peer.Length > 0 ? $", {result.Peer}" : "")}: {result.Measure} (goal {result.Goal})");
        if (result.Note.Length > 0)
        {
            Console.WriteLine($"             {result.Note}");
        }
    }

    private static void Summarize(List<RowResult> results) => Console.WriteLine(
        $"{results.Count(r => r.Verdict == Verdict.Ahead)} ahead, {results.Count(r => r.Verdict == Verdict.Behind)} behind, "
        + $"{results.Count(r => r.Verdict == Verdict.NotMeasured)} not measured");

    internal static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Ahead => "ahead",
        Verdict.Behind => "behind",
        _ => "not measured",
    };
}
