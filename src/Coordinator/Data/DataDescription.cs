using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Data;

/// <summary>One line about loaded data.</summary>
internal static class DataDescription
{
    private const int NamedGapsMax = 5;

    public static string Of(DataOptions options, Dataset train, Dataset? test)
    {
        string from = options.TestData is null ? "" : $" from {options.TestData}";
        string tests = test is null ? "no test samples" : $"{test.Count} test samples{from}";
        string kind = train.Bytes is null ? "floats" : "bytes";
        return $"{options.Data}: {train.Count} training samples, {tests}, {train.Features} features ({kind}), " +
            $"{train.Classes} classes{Gaps(train)}";
    }

    private static string Gaps(Dataset train)
    {
        bool[] seen = new bool[train.Classes];
        foreach (int label in train.Labels)
        {
            seen[label] = true;
        }

        int[] gaps = [.. Enumerable.Range(0, train.Classes).Where(label => !seen[label])];
        string more = gaps.Length > NamedGapsMax ? $" and {gaps.Length - NamedGapsMax} more" : "";
        return gaps.Length == 0 ? "" : $"; no training sample has the label {string.Join(", ", gaps.Take(NamedGapsMax))}{more}";
    }
}
