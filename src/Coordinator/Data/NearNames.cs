namespace Distributed.Coordinator.Data;

/// <summary>Finds what a misspelt name may have meant.</summary>
public static class NearNames
{
    private const int SuggestionsMax = 3;

    /// <summary>Up to three of <paramref name="candidates"/>, nearest first, that are close to <paramref name="name"/> when case is ignored.</summary>
    public static string[] Of(string name, IEnumerable<string> candidates) =>
        [.. candidates
            .Select(candidate => (Candidate: candidate, Distance: Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(pair => pair.Distance <= Math.Max(2, name.Length / 3))
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .Take(SuggestionsMax)
            .Select(pair => pair.Candidate)];

    /// <summary>Characters to insert, delete, replace or swap with their neighbour (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        int[,] distance = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                distance[i, j] = Cell(distance, left, right, i, j);
            }
        }

        return distance[left.Length, right.Length];
    }

    private static int Cell(int[,] distance, string left, string right, int i, int j)
    {
        if (i == 0 || j == 0)
        {
            return i + j;
        }

        int replaced = distance[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
        int best = Math.Min(replaced, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
        bool swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
        return swapped ? Math.Min(best, distance[i - 2, j - 2] + 1) : best;
    }
}
