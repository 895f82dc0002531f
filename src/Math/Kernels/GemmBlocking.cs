namespace Distributed.Numerics.Kernels;

/// <summary>
/// Block sizes, chosen for a nearest cache of 48 KB and a second one of 1 MB; on other machines they cost speed, never bits.
/// <code>
///   A panel   MR × KC floats    in the nearest cache while B's panels pass it
///   B block   KC × NC floats    in the second cache while A's panels pass it, with room for the next block
/// </code>
/// </summary>
internal static class GemmBlocking
{
    /// <summary>
    /// KC: steps of the summed index between two visits to C. A's panel then fills the nearest cache, and what B's panels push out comes
    /// from the second, which costs less than another visit.
    /// </summary>
    public const int StepsMax = 1024;

    /// <summary>KC × NC: floats in a block of B: half of the second cache.</summary>
    public const int BlockFloats = 131_072;

    /// <summary>
    /// Panels of A packed in one pass where its rows lie along the lanes: 16 panels of 12 are 12 cache lines in a row, which the processor
    /// learns to read ahead; the 16 lines being written at a time fit the second cache's 16 ways even if their addresses collide.
    /// </summary>
    public const int PanelsAtOnce = 16;

    /// <summary>A tree whose leaves have more steps in all is computed leaf by leaf.</summary>
    public const int TreeStepsMax = 1024;

    /// <summary>KC where a panel of B is packed for one pass over few rows of A, in the nearest cache.</summary>
    public const int PanelStepsMax = 160;

    /// <summary>Steps of a tree of short leaves, whose small tiles read their panel of B from the nearest cache again and again.</summary>
    public const int ShortTreeStepsMax = 264;

    /// <summary>Steps per leaf, on average, from which a tree no longer counts as one of short leaves.</summary>
    public const int ShortLeafStepsMax = 24;

    /// <summary>True when B is too large to be read once per row of tiles as it lies.</summary>
    public static bool IsLarge(in GemmOperands product) =>
        product.Rows >= 64 && product.Columns >= 64 && (long)product.K * product.Columns >= 160 * 1024;

    /// <summary>True when the leaves are so short that joining them is worth a kernel of its own.</summary>
    public static bool HasShortLeaves(in GemmOperands product) =>
        product.Leaves > 1 && product.ARow == 1 && product.K < (long)ShortLeafStepsMax * product.Leaves && product.K <= ShortTreeStepsMax;

    /// <summary>As <see cref="Even"/>, in multiples of 16, so that a transposing pack meets few parts of a square.</summary>
    public static int EvenSquares(int length, int max) => (Even(length, max) + 15) / 16 * 16;

    /// <summary><paramref name="length"/> cut into the fewest equal parts of at most <paramref name="max"/>: the size of a part.</summary>
    public static int Even(int length, int max)
    {
        int parts = System.Math.Max(1, (length + max - 1) / max);
        return (length + parts - 1) / parts;
    }
}
