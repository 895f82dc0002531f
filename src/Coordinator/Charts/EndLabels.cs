namespace Distributed.Coordinator.Charts;

/// <summary>Keeps the labels at the lines' right ends from lying on each other.</summary>
internal static class EndLabels
{
    /// <summary>
    /// Moves <paramref name="heights"/> as little as needed so that any two are at least <paramref name="gap"/> apart, their order kept,
    /// inside the range.
    /// </summary>
    public static double[] Spread(IReadOnlyList<double> heights, double gap, double top, double bottom)
    {
        int[] order = [.. Enumerable.Range(0, heights.Count).OrderBy(index => heights[index]).ThenBy(index => index)];
        double[] placed = [.. heights];
        double least = top;
        foreach (int index in order)
        {
            placed[index] = Math.Max(placed[index], least);
            least = placed[index] + gap;
        }

        double most = bottom;
        foreach (int index in order.Reverse())
        {
            placed[index] = Math.Min(placed[index], most);
            most = placed[index] - gap;
        }

        return placed;
    }
}
