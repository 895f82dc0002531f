using System.Globalization;

namespace Distributed.Coordinator.Fencing;

/// <summary>
/// The number under which one coordinator writes a run's folder. Each that opens the run takes the next; none is ever used twice.
/// </summary>
/// <param name="Number">From 1.</param>
public readonly record struct FencingToken(long Number)
{
    /// <summary>Where tokens stand in a run's folder.</summary>
    public const string Root = ".coordinator";

    private const string Extension = ".json";

    /// <summary>The token of whoever comes next.</summary>
    public FencingToken Next => new(Number + 1);

    /// <summary>The file that says whose token it is. It is created once, never changed and never removed.</summary>
    public string RecordPath => $"{Root}/{Name}{Extension}";

    /// <summary>
    /// Where its coordinator writes every file before it gets its name in the run's folder. Made once; removed when the coordinator ends, or by the next.
    /// </summary>
    public string Folder => $"{Root}/{Name}";

    /// <summary>Rewritten with another content while its coordinator lives.</summary>
    public string BeatPath => $"{Folder}/beat";

    private string Name => Number.ToString("D8", CultureInfo.InvariantCulture);

    /// <summary>The token in a record's file name.</summary>
    public static bool TryParseRecord(string fileName, out FencingToken token)
    {
        token = default;
        return fileName.EndsWith(Extension, StringComparison.Ordinal) && TryParseFolder(fileName[..^Extension.Length], out token);
    }

    /// <summary>The token in a folder's name.</summary>
    public static bool TryParseFolder(string name, out FencingToken token)
    {
        bool isNumber = long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out long number);
        token = new FencingToken(number);
        return isNumber && number > 0 && token.Name == name;
    }

    /// <inheritdoc/>
    public override string ToString() => $"token {Number}";
}
