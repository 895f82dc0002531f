using System.Text.Json;
using System.Text.RegularExpressions;

namespace Distributed.Deploy;

/// <summary>The instructions of deploy/Dockerfile, in order, by stage.</summary>
internal sealed partial class Dockerfile
{
    internal const string FileName = "deploy/Dockerfile";

    private Dockerfile(IReadOnlyList<Instruction> instructions) => Instructions = instructions;

    /// <param name="Stage">Its FROM's name.</param>
    /// <param name="Name">COPY, RUN …</param>
    /// <param name="Rest">What follows the name.</param>
    internal sealed record Instruction(string Stage, string Name, string Rest)
    {
        /// <summary>COPY's and RUN's words without their flags.</summary>
        internal string[] Words =>
            Rest.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !word.StartsWith("--", StringComparison.Ordinal)).ToArray();
    }

    internal IReadOnlyList<Instruction> Instructions { get; }

    internal static Dockerfile Read()
    {
        var instructions = new List<Instruction>();
        string stage = "";
        foreach (string line in Repository.LogicalLines(Repository.Text(FileName)))
        {
            string[] parts = line.Split(' ', 2);
            if (parts[0] == "FROM")
            {
                Match name = StagePattern().Match(line);
                Assert.True(name.Success, $"a stage without a name: {line}");
                stage = name.Groups[1].Value;
            }

            instructions.Add(new Instruction(stage, parts[0], parts[1]));
        }

        return new Dockerfile(instructions);
    }

    internal IEnumerable<Instruction> All(string name, string stage) => Instructions.Where(one => one.Name == name && one.Stage == stage);

    internal Instruction Last(string name) => Instructions.Last(one => one.Name == name);

    /// <summary>What is copied from the checkout, with the stage that it goes to.</summary>
    internal IEnumerable<(string Stage, string Source)> Sources() =>
        from copy in Instructions
        where copy.Name == "COPY" && !copy.Rest.Contains("--from=", StringComparison.Ordinal)
        from source in copy.Words[..^1]
        select (copy.Stage, source);

    /// <summary>The JSON array of an instruction in exec form.</summary>
    internal static string[] Exec(string rest) => JsonSerializer.Deserialize<string[]>(rest[rest.IndexOf('[')..])!;

    [GeneratedRegex(@"^FROM \S+ AS (\w+)$")]
    private static partial Regex StagePattern();
}
