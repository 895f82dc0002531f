using System.Text.RegularExpressions;

namespace Distributed.Style;

/// <summary>What must not be written, where, and what to write instead.</summary>
public sealed partial class BannedTests
{
    private sealed record Ban(string Pattern, string Instead, params string[] Folders);

    private static readonly Ban[] Bans =
    [
        new(@"\bMathF?\.(Exp|Log|Log2|Log10|Tanh|Pow|Sin|Cos|Tan|Sinh|Cosh|Cbrt)\(", "our own polynomials: the platform's differ between machines", "src/Math"),
        new(
            @"\bMathF?\.(Exp|Log|Log2|Tanh|Pow|Sin|Cos)\(",
            "carried powers and our own polynomials, wherever a result depends on it",
            "src/Worker",
            "src/Protocol",
            "src/Coordinator/Training"),
        new(@"\bVector(64|128|256|512)?(<float>)?\.(Sum|Dot)\(", "VirtualLanes: the order of a sum is ours", "src"),
        new(@"TensorPrimitives\.", "the kernels in src/Math: TensorPrimitives' sums differ by architecture", "src"),
        new(@"\.Sum\(|\.Average\(|\.Aggregate\(", "a loop in index order", "src/Math"),
        new(@"DateTime(Offset)?\.(Utc)?Now|Stopwatch\.|Environment\.TickCount", "the TimeProvider from the constructor", "src"),
        new(@"new Random\(|Random\.Shared|new System\.Random|RandomNumberGenerator|Guid\.NewGuid", "Prng: counter-based, seeded", "src"),
        new(@"Thread\.Sleep\(|Task\.Delay\(\s*\d", "a timer from the TimeProvider", "src"),
        new(@"Console\.(Write|Read|Error|Out)", "the console given to the command", "src"),
        new(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b", "the finished thing", "src", "compat", "tests", "bench"),
        new(@"Skip\s*=\s*""", "Assert.Skip with a reason that is found out while running", "tests"),
    ];

    [Fact]
    public void NothingBannedIsUsed()
    {
        var found = new List<string>();
        foreach (Ban ban in Bans)
        {
            var pattern = new Regex(ban.Pattern);
            foreach (string path in SourceTree.CSharp(ban.Folders).Where(IsSubject))
            {
                foreach ((int number, string text) in SourceTree.Code(path).Where(line => pattern.IsMatch(line.Text)))
                {
                    found.Add($"{path}:{number}: {text.Trim()}\n    use {ban.Instead}");
                }
            }
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>Each pattern finds what it is meant to find.</summary>
    [Theory]
    [InlineData("float y = MathF.Exp(x);")]
    [InlineData("double p = Math.Pow(b, t);")]
    [InlineData("Vector256.Sum(v)")]
    [InlineData("var now = DateTime.UtcNow;")]
    [InlineData("var r = new Random(3);")]
    [InlineData("throw new NotImplementedException();")]
    public void EachBanCanBite(string line) => Assert.Contains(Bans, ban => Regex.IsMatch(line, ban.Pattern));

    /// <summary>Program.cs makes the real clock and console; this file spells the patterns out.</summary>
    private static bool IsSubject(string path) =>
        Path.GetFileName(path) != "Program.cs" && !path.EndsWith("Style/BannedTests.cs", StringComparison.Ordinal);
}
