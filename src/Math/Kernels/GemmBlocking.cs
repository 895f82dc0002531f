namespace Distributed.Numerics.Kernels;

/// <summary>
/// Block sizes, chosen for a nearest cache of at least 32 KB and a second one of at least 512 KB; on other machines they cost speed, never bits.
/// <code>
///   B panel   KC × NR floats    stays in the nearest cache while A's panels pass it
///   A block   MC × KC floats    stays in the second cache while B's panels pass it
///   B block   KC × NC floats    stays in the last cache
/// </code>
/// </summary>
internal static class GemmBlocking
{
    /// <summary>KC: steps of the summed index between two visits to C.</summary>
    public const int StepsMax = 264;

    /// <summary>MC.</summary>
    public const int RowsMax = 264;

    /// <summary>NC.</summary>
    public const int ColumnsMax = 2048;

    /// <summary>A tree whose leaves have more steps in all is computed leaf by leaf.</summary>
    public const int TreeStepsMax = 1024;

    /// <summary>Steps per leaf, on average, from which a tree no longer counts as one of short leaves.</summary>
    public const int ShortLeafStepsMax = 24;

    /// <summary>True when B is too large to be read once per row of tiles as it lies.</summary>
    public static bool IsLarge(in GemmOperands product) =>
        product.Rows >= 64 && product.Columns >= 64 && (long)product.K * product.Columns >= 160 * 1024;

    /// <summary>True when the leaves are so short that joining them is worth a kernel of its own.</summary>
    public static bool HasShortLeaves(in GemmOperands product) =>
        product.Leaves > 1 && product.ARow == 1 && product.K < (long)ShortLeafStepsMax * product.Leaves && product.K <= StepsMax;

    /// <summary><paramref name="length"/> cut into the fewest equal parts of at most <paramref name="max"/>: the size of a part.</summary>
    public static int Even(int length, int max)
    {
        int parts = System.Math.Max(1, (length + max - 1) / max);
        return (length + parts - 1) / parts;
    }
}
