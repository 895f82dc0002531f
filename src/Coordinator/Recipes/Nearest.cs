namespace Distributed.Coordinator.Recipes;

/// <summary>Finds the word a person meant.</summary>
public static class Nearest
{
    /// <summary>
    /// The candidate with the fewest typing errors in <paramref name="word"/> (a letter too many, too few, wrong, or swapped with its
    /// neighbour), or null where none is close: more than a third of its letters wrong. A candidate that <paramref name="word"/> begins
    /// counts as one error away.
    /// </summary>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        string typed = Plain(word);
        string? best = null;
        int bestErrors = int.MaxValue;
        foreach (string candidate in candidates)
        {
            string meant = Plain(candidate);
            int errors = typed.Length >= 3 && meant.StartsWith(typed, StringComparison.Ordinal) ? 1 : Errors(typed, meant);
            if (errors < bestErrors && errors <= Math.Max(1, Math.Min(typed.Length, meant.Length) / 3))
            {
                best = candidate;
                bestErrors = errors;
            }
        }

        return best;
    }

    /// <summary>"; did you mean X?", or "" where nothing is near.</summary>
    public static string Hint(string word, IEnumerable<string> candidates) =>
        To(word, candidates) is { } best ? $"; did you mean {best}?" : "";

    private static string Plain(string word) => word.TrimStart('-').Replace('_', '-').ToLowerInvariant();

    /// <summary>Optimal string alignment distance, by the textbook recurrence over prefixes.</summary>
    private static int Errors(string typed, string meant)
    {
        int[,] errors = new int[typed.Length + 1, meant.Length + 1];
        for (int i = 0; i <= typed.Length; i++)
        {
            for (int j = 0; j <= meant.Length; j++)
            {
                errors[i, j] = Cell(errors, typed, meant, i, j);
            }
        }

        return errors[typed.Length, meant.Length];
    }

    private static int Cell(int[,] errors, string typed, string meant, int i, int j)
    {
        if (i == 0 || j == 0)
        {
            return i + j;
        }

        int wrong = typed[i - 1] == meant[j - 1] ? 0 : 1;
        int best = Math.Min(errors[i - 1, j - 1] + wrong, 1 + Math.Min(errors[i - 1, j], errors[i, j - 1]));
        bool swapped = i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1];
        return swapped ? Math.Min(best, errors[i - 2, j - 2] + 1) : best;
    }
}
