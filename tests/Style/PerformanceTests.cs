using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Distributed.Style;

/// <summary>Figures of speed are measured, never typed.</summary>
public sealed class PerformanceTests
{
    private const string Document = "docs/performance.md";

    /// <summary>The bench commands seal what they write between two markers with its SHA-256.</summary>
    [Theory]
    [InlineData("compare")]
    [InlineData("scaling")]
    public void TheTableIsAsItWasMeasured(string command)
    {
        string text = File.ReadAllText(Path.Combine(SourceTree.Root, Document)).ReplaceLineEndings("\n");
        Match section = Regex.Match(
            text, $"<!-- {command}:begin sha256=(?<digest>[0-9a-f]{{64}}) -->\n(?<body>.*)<!-- {command}:end -->", RegexOptions.Singleline);
        Assert.True(section.Success, $"{Document} has lost its {command}:begin and {command}:end markers");
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(section.Groups["body"].Value)));
        Assert.True(
            digest == section.Groups["digest"].Value,
            $"the figures in {Document} were changed by hand; measure them again: dotnet run -c Release --project bench -- {command}");
    }
}
