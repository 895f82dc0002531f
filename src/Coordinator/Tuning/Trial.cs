using Distributed.Protocol;

namespace Distributed.Coordinator.Tuning;

/// <summary>A run of a tuning.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Values">For each axis, in order, the value tried; null where it has no effect beside the others (momentum without that optimizer).</param>
/// <param name="Recipe">With these values.</param>
public sealed record Trial(int Number, IReadOnlyList<string?> Values, Recipe Recipe)
{
    /// <summary>The folder of its run, within the tuning's.</summary>
    public string Folder => $"trial-{Number:D3}";

    /// <summary>learning-rate 0.001, hidden 128,64.</summary>
    public string Title(IReadOnlyList<GridAxis> axes) =>
        string.Join(", ", axes.Zip(Values).Where(pair => pair.Second is not null).Select(pair => $"{pair.First.Key} {pair.Second}"));
}
