namespace Distributed.Bench.Compare;

/// <summary>One run of the comparison.</summary>
internal sealed record Report(string Machine, DateTime Taken, bool IsQuick, IReadOnlyList<RowResult> Results);
