using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Distributed.EndToEnd.Tuning;

/// <summary>docs/tuning.md shows what the program prints, to the last digit.</summary>
public sealed partial class DocumentTests : IDisposable
{
    private const string Folder = "runs/tune-adam-mlp-1";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheExamplePrintsWhatThePageSays()
    {
        string[] blocks = [.. Block().Matches(Page()).Select(match => match.Groups["text"].Value)];
        string command = blocks.First(block => block.StartsWith("coordinator tune ", StringComparison.Ordinal));
        string[] arguments = [.. command.Trim().Split(' ')[1..].Select(word => word.Trim('\''))];
        Result result = await Trainer.RunAsync([.. arguments, "--tune-dir", _folder.File("t")], CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains(result.Output.Replace(_folder.File("t"), Folder), blocks);
    }

    private static string Page([CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "tuning.md")).ReplaceLineEndings("\n");

    [GeneratedRegex("```\n(?<text>.*?)```\n", RegexOptions.Singleline)]
    private static partial Regex Block();
}
