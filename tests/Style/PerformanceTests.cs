using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Distributed.Style;

/// <summary>Figures of speed are measured, never typed.</summary>
public sealed partial class PerformanceTests
{
    private const string Document = "docs/performance.md";

    /// <summary>bench compare seals what it writes between the two markers with its SHA-256.</summary>
    [Fact]
    public void TheTableIsAsItWasMeasured()
    {
        string path = Path.Combine(SourceTree.Root, Document);
        if (!File.Exists(path))
        {
            Assert.Skip($"{Document} was not written yet: dotnet run -c Release --project bench -- compare");
        }

        Match section = Section().Match(File.ReadAllText(path).ReplaceLineEndings("\n"));
        Assert.True(section.Success, $"{Document} has lost its compare:begin and compare:end markers");
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(section.Groups["body"].Value)));
        Assert.True(
            digest == section.Groups["digest"].Value,
            $"the figures in {Document} were changed by hand; measure them again: dotnet run -c Release --project bench -- compare");
    }

    [GeneratedRegex("<!-- compare:begin sha256=(?<digest>[0-9a-f]{64}) -->\n(?<body>.*)<!-- compare:end -->", RegexOptions.Singleline)]
    private static partial Regex Section();
}
