namespace Distributed.Coordinator.Charts;

/// <summary>
/// Makes a long series short without hiding a spike: of each run of neighbouring points only the lowest and the highest are kept.
/// </summary>
internal static class Thinning
{
    /// <summary>Points from which a series is thinned.</summary>
    public const int PointsMax = 800;

    public static IReadOnlyList<ChartPoint> Thin(IReadOnlyList<ChartPoint> points)
    {
        if (points.Count <= PointsMax)
        {
            return points;
        }

        int runs = (PointsMax - 2) / 2;
        var kept = new List<ChartPoint>(PointsMax) { points[0] };
        for (int run = 0; run < runs; run++)
        {
            int begin = 1 + (int)((points.Count - 2L) * run / runs);
            int end = 1 + (int)((points.Count - 2L) * (run + 1) / runs);
            AddExtremes(points, begin, end, kept);
        }

        kept.Add(points[^1]);
        return kept;
    }

    private static void AddExtremes(IReadOnlyList<ChartPoint> points, int begin, int end, List<ChartPoint> kept)
    {
        int lowest = begin;
        int highest = begin;
        for (int index = begin + 1; index < end; index++)
        {
            lowest = points[index].Y < points[lowest].Y ? index : lowest;
            highest = points[index].Y > points[highest].Y ? index : highest;
        }

        kept.Add(points[Math.Min(lowest, highest)]);
        if (lowest != highest)
        {
            kept.Add(points[Math.Max(lowest, highest)]);
        }
    }
}
