namespace Distributed.Bench.Compare;

/// <summary>The options of compare.</summary>
/// <param name="IsQuick">One short round of everything.</param>
/// <param name="Rows">The rows to measure; empty for all.</param>
/// <param name="Writes">Whether the documents are written: by default when every row was measured in full.</param>
/// <param name="Problem">What is wrong with the arguments, or null.</param>
internal sealed record CompareOptions(bool IsQuick, IReadOnlySet<string> Rows, bool Writes, string? Problem = null)
{
    public bool Includes(string key) => Rows.Count == 0 || Rows.Contains(key);

    public static CompareOptions Parse(IReadOnlyList<string> arguments, IReadOnlyList<string> keys)
    {
        bool quick = false, write = false;
        var rows = new HashSet<string>();
        for (int i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--quick":
                    quick = true;
                    break;
                case "--write":
                    write = true;
                    break;
                case "--rows" when i + 1 < arguments.Count:
                    rows.UnionWith(arguments[++i].Split(','));
                    break;
                default:
                    return Wrong($"{arguments[i]}: known are --quick, --rows KEY,KEY and --write");
            }
        }

        string[] unknown = [.. rows.Except(keys)];
        return unknown.Length > 0
            ? Wrong($"--rows {string.Join(',', unknown)}: no such row; there are {string.Join(", ", keys)}")
            : new CompareOptions(quick, rows, write || (!quick && rows.Count == 0));
    }

    private static CompareOptions Wrong(string problem) => new(false, new HashSet<string>(), false, problem);
}
