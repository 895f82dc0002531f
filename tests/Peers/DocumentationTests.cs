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

    [GeneratedRegex("^```(?<language>sh|python)\n(?<text>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();
}
