namespace Distributed.Peers;

/// <summary>What is compared between two runtimes: outputs, a row per sample.</summary>
internal static class Rows
{
    public static double[][] Of(float[] values, int columns) =>
        [.. values.Chunk(columns).Select(row => Array.ConvertAll(row, value => (double)value))];

    /// <summary>The class of each row; the first one where two are equal.</summary>
    public static int[] BestClasses(double[][] rows) => Array.ConvertAll(rows, row => Array.IndexOf(row, row.Max()));

    /// <summary>The largest difference between two outputs of the same sample and class.</summary>
    public static double LargestDifference(double[][] left, double[][] right)
    {
        Assert.Equal(left.Length, right.Length);
        return left.Zip(right, (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max()).Max();
    }
}
