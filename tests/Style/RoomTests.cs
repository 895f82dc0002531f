using System.Text.RegularExpressions;

namespace Distributed.Style;

/// <summary>Who may know whom, and how large a file may be.</summary>
public sealed class RoomTests
{
    private const int LinesMax = 400;
    private const int LineLengthMax = 160;

    [Theory]
    [InlineData("src/Math", @"Distributed\.(Protocol|Worker|Coordinator)\b|\bAkka\b|\bGrpc\b")]
    [InlineData("src/Protocol", @"Distributed\.(Worker|Coordinator)\b")]
    [InlineData("src/Worker", @"Distributed\.Coordinator\b")]
    [InlineData("compat", @"\bDistributed\.")]
    public void AFolderDoesNotKnow(string folder, string forbidden) => AssertNone(SourceTree.CSharp(folder), forbidden);

    /// <summary>Hosting/ is the composition root.</summary>
    [Fact]
    public void TheCoordinatorKnowsTheWorkerOnlyWhereItHostsIt() =>
        AssertNone(
            SourceTree.CSharp("src/Coordinator").Where(path => !path.StartsWith("src/Coordinator/Hosting/", StringComparison.Ordinal)),
            @"Distributed\.Worker\b");

    /// <summary>The pure cores have no actor, thread, task, file or socket.</summary>
    [Fact]
    public void TrainingIsPure() =>
        AssertNone(
            SourceTree.CSharp("src/Coordinator/Training", "src/Coordinator/Membership")
                .Where(path => !path.EndsWith("/Evaluator.cs", StringComparison.Ordinal)),
            @"\bAkka\b|System\.IO|\bFile\.|System\.Net|Task\.|\bThread\b|TimeProvider");

    [Fact]
    public void EveryFileHoldsOneIdea()
    {
        IEnumerable<string> large =
            from path in SourceTree.CSharp("src", "compat", "tests", "bench")
            let lines = SourceTree.Lines(path).Length
            where lines > LinesMax
            select $"{path}: {lines} lines, at most {LinesMax}";
        AssertEmpty(large);
    }

    [Fact]
    public void LinesCanBeReadWithoutScrolling()
    {
        IEnumerable<string> wide =
            from path in SourceTree.CSharp("src", "compat", "tests", "bench")
            from line in SourceTree.Lines(path).Select((text, index) => (Number: index + 1, text.Length))
            where line.Length > LineLengthMax
            select $"{path}:{line.Number}: {line.Length} characters, at most {LineLengthMax}";
        AssertEmpty(wide);
    }

    /// <summary>One word for one thing.</summary>
    [Fact]
    public void TheGlossaryHasNoSynonyms() => AssertNone(
        SourceTree.CSharp("src", "tests").Where(path => !path.StartsWith("tests/Style/", StringComparison.Ordinal)),
        @"[Mm]iniBatch|[Mm]icroBatch|mini-batch|micro-batch");

    [Fact]
    public void NoFileNamesAMachineOrItsFolders() => AssertNone(
        SourceTree.Files.Where(path => !IsBinary(path) && !path.StartsWith("tests/Style/", StringComparison.Ordinal)),
        @"(^|[\s""'(=])/(work|root|home/\w+)/");

    private static bool IsBinary(string path) => Path.GetExtension(path) is ".gz" or ".png";

    private static void AssertNone(IEnumerable<string> paths, string forbidden)
    {
        var pattern = new Regex(forbidden);
        AssertEmpty(
            from path in paths
            from line in SourceTree.Code(path)
            where pattern.IsMatch(line.Text)
            select $"{path}:{line.Number}: {line.Text.Trim()}");
    }

    private static void AssertEmpty(IEnumerable<string> found)
    {
        string[] all = found.ToArray();
        Assert.True(all.Length == 0, string.Join('\n', all));
    }
}
