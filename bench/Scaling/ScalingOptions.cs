namespace Distributed.Bench.Scaling;

/// <summary>The options of scaling.</summary>
/// <param name="Rounds">How often every count is measured; they take turns.</param>
/// <param name="HasPeers">Whether DistributedDataParallel runs beside ours.</param>
/// <param name="Writes">Whether docs/performance.md is written.</param>
/// <param name="Problem">What is wrong with the arguments, or null.</param>
internal sealed record ScalingOptions(int Rounds = 3, bool HasPeers = true, bool Writes = false, string? Problem = null)
{
    public static ScalingOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ScalingOptions();
        for (int i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--rounds" when i + 1 < arguments.Count && int.TryParse(arguments[i + 1], out int rounds) && rounds >= 1:
                    options = options with { Rounds = rounds };
                    i++;
                    break;
                case "--no-peers":
                    options = options with { HasPeers = false };
                    break;
                case "--write":
                    options = options with { Writes = true };
                    break;
                default:
                    return options with { Problem = $"{arguments[i]}: known are --rounds N (at least 1), --no-peers and --write" };
            }
        }

        return options;
    }
}
