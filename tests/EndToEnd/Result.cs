namespace Distributed.EndToEnd;

/// <summary>What one call of the program did.</summary>
internal sealed record Result(int ExitCode, string Output, string Error)
{
    /// <summary>The last line but one of a training run: test accuracy 0.9712.</summary>
    internal double TestAccuracy => double.Parse(Closing("test accuracy "));

    /// <summary>The last line of a training run: weights digest and 64 digits.</summary>
    internal string Digest => Closing("weights digest ");

    private string Closing(string start)
    {
        string? line = Output.Split('\n').SingleOrDefault(l => l.StartsWith(start, StringComparison.Ordinal));
        Assert.True(line is not null, $"no line '{start}…' in the output:\n{Output}\n{Error}");
        return line[start.Length..].Trim();
    }
}
