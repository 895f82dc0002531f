using System.Text.RegularExpressions;

namespace Distributed.Coordinator.Exports;

/// <summary>Names in the order that a person counts in: fc2 before fc10, dense before dense_1.</summary>
internal static partial class NaturalOrder
{
    public static IComparer<string> Comparer { get; } = Comparer<string>.Create(Compare);

    /// <summary>What is left of a name without its numbers, by which dense, dense_1 and dense_2 are known to be one series.</summary>
    public static string SeriesOf(string name) => NumberPattern().Replace(name, "");

    private static int Compare(string? left, string? right)
    {
        string[] a = PartPattern().Matches(left!).Select(match => match.Value).ToArray();
        string[] b = PartPattern().Matches(right!).Select(match => match.Value).ToArray();
        for (int i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            int order = ComparePart(a[i], b[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return a.Length != b.Length ? a.Length - b.Length : string.CompareOrdinal(left, right);
    }

    /// <summary>Numbers of any length: the one with more digits, leading zeros aside, is the larger.</summary>
    private static int ComparePart(string a, string b)
    {
        if (!char.IsAsciiDigit(a[0]) || !char.IsAsciiDigit(b[0]))
        {
            return string.CompareOrdinal(a, b);
        }

        string left = a.TrimStart('0');
        string right = b.TrimStart('0');
        return left.Length != right.Length ? left.Length - right.Length : string.CompareOrdinal(left, right);
    }

    [GeneratedRegex("[0-9]+|[^0-9]+")]
    private static partial Regex PartPattern();

    [GeneratedRegex("[._-]?[0-9]+")]
    private static partial Regex NumberPattern();
}
