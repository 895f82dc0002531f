using System.Text.RegularExpressions;
using Distributed.Coordinator.Data;

namespace Distributed.Peers;

/// <summary>The commands of the documentation, run one after the other as they are written.</summary>
public sealed partial class DocumentationTests
{
    [Theory]
    [InlineData("your-own-data.md")]
    [InlineData("exporting.md")]
    public void Every_command_runs(string page)
    {
        using var scratch = new ScratchFolder();
        string text = File.ReadAllText(Path.Combine(PeerFolder.Documentation, page)).ReplaceLineEndings("\n");
        string mnist = new MnistLocator(AppContext.BaseDirectory, AppContext.BaseDirectory).Find().Folder;
        string program = Path.Combine(AppContext.BaseDirectory, "coordinator.dll");
        string prologue = $"set -eu\nMNIST='{mnist}'\ncoordinator() {{ dotnet '{program}' \"$@\"; }}\n";
        MatchCollection blocks = Blocks().Matches(text);
        Assert.True(blocks.Count > 3);
        foreach (Match block in blocks)
        {
            string commands = block.Groups["text"].Value;
            if (block.Groups["language"].Value == "python")
            {
                File.WriteAllText(scratch["commands.py"], commands);
                PythonPeer.RunIn(scratch.Root, "numpy", "commands.py");
            }
            else
            {
                PeerProcess.TryRun("bash", scratch.Root, "-c", prologue + commands)!.Expect();
            }
        }
    }

    /// <summary>
    /// Every command line of the README's table that trains is taken without a complaint, up to the samples, which are not there. Lines that stand for
    /// other files, machines or editions are not tried.
    /// </summary>
    [Fact]
    public void Every_training_command_of_the_README_is_understood()
    {
        using var scratch = new ScratchFolder();
        string[] commands =
        [
            .. TrainingCommands().Matches(File.ReadAllText(PeerFolder.Readme)).Select(row => row.Groups["options"].Value)
                .Where(options => !Unknowable().IsMatch(options)),
        ];
        Assert.True(commands.Length >= 7, string.Join('\n', commands));
        foreach (string options in commands)
        {
            string[] line = [Path.Combine(AppContext.BaseDirectory, "coordinator.dll"), .. options.Split(' '), "--data", "not-there"];
            PeerResult result = PeerProcess.TryRun("dotnet", scratch.Root, line)!;
            Assert.True(result.Error.Contains("not-there: no such file", StringComparison.Ordinal), $"{options}: {result.Error}");
        }
    }

    [GeneratedRegex("^\\| `(?<options>--[^`]*)`", RegexOptions.Multiline)]
    private static partial Regex TrainingCommands();

    [GeneratedRegex("FILE|DIR|--data|--resume|--cluster|--listen|--health")]
    private static partial Regex Unknowable();

    [GeneratedRegex("^```(?<language>sh|python)\n(?<text>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();
}
