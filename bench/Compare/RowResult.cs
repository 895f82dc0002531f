namespace Distributed.Bench.Compare;

/// <summary>How a row ended.</summary>
internal enum Verdict
{
    Ahead,
    Behind,
    NotMeasured,
}

/// <summary>One measured line of the table.</summary>
/// <param name="Key">Of the row it belongs to.</param>
/// <param name="What">What was measured.</param>
/// <param name="Ours">Our figure with its unit.</param>
/// <param name="Peer">The best peer's figure, its name first.</param>
/// <param name="Measure">The figure the goal is about; a ratio where there is a peer.</param>
/// <param name="Goal">What it must reach, as text.</param>
/// <param name="Verdict">Whether it does.</param>
/// <param name="Note">Noise, what is missing, a breakdown.</param>
internal sealed record RowResult(
    string Key, string What, string Ours, string Peer, string Measure, string Goal, Verdict Verdict, string Note = "")
{
    /// <summary>Peer's time over ours, for the chart; null where the row is no race.</summary>
    public double? Ratio { get; init; }

    /// <summary>The least ratio that reaches the goal.</summary>
    public double? RatioGoal { get; init; }

    /// <summary>Of a GEMM, for the roofline.</summary>
    public GemmRates? Rates { get; init; }

    public static RowResult Missing(string key, string what, string goal, string reason) =>
        new(key, what, "", "", "", goal, Verdict.NotMeasured, reason);

    /// <summary>A race that is won at <paramref name="goal"/> times the peer's speed.</summary>
    public static RowResult Race(string key, string what, string ours, string peer, double ratio, double goal, string note) =>
        new(key, what, ours, peer, $"{ratio:f2}×", $"{goal}×", ratio >= goal ? Verdict.Ahead : Verdict.Behind, note) { Ratio = ratio, RatioGoal = goal };

    /// <summary>A limit that must not be exceeded.</summary>
    public static RowResult Limit(string key, string what, double value, double limit, string unit, string note, string format = "g3") =>
        new(
            key, what, $"{value.ToString(format, null)} {unit}", "", $"{value.ToString(format, null)} {unit}", $"≤ {limit} {unit}",
            value <= limit ? Verdict.Ahead : Verdict.Behind, note);
}
