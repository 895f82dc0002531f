namespace Akka.Configuration;

/// <summary>Settings by dotted path. What a configuration lacks is looked for in its fallback.</summary>
public class Config
{
    public static readonly Config Empty = new(new HoconObject(), null);

    private readonly HoconObject root;
    private readonly Config? fallback;

    internal Config(HoconObject root, Config? fallback)
    {
        this.root = root;
        this.fallback = fallback;
    }

    public bool IsEmpty => root.Count == 0 && fallback?.IsEmpty != false;

    public static implicit operator Config(string hocon) => ConfigurationFactory.ParseString(hocon);

    public bool HasPath(string path) => Find(path) is not null;

    public Config WithFallback(Config? fallback)
    {
        if (fallback is null || ReferenceEquals(fallback, this)) return this;
        return new Config(root, this.fallback?.WithFallback(fallback) ?? fallback);
    }

    /// <summary>The part below a path; null if there is nothing.</summary>
    public Config GetConfig(string path)
    {
        var below = fallback?.GetConfig(path);
        return root.Find(path) is HoconObject part ? new Config(part, below) : below!;
    }

    public string GetString(string path, string? @default = null) => (string)Scalar(path)! ?? @default!;

    public bool GetBoolean(string path, bool @default = false) => Scalar(path) is not { } text ? @default : text switch
    {
        "on" or "true" or "yes" => true,
        "off" or "false" or "no" => false,
        _ => throw Malformed(path, text, "on, off, true, false, yes or no"),
    };

    public int GetInt(string path, int @default = 0) =>
        Scalar(path) is not { } text ? @default : int.TryParse(text, out var value) ? value : throw Malformed(path, text, "an integer");

    public long GetLong(string path, long @default = 0) =>
        Scalar(path) is not { } text ? @default : long.TryParse(text, out var value) ? value : throw Malformed(path, text, "an integer");

    public double GetDouble(string path, double @default = 0) =>
        Scalar(path) is not { } text ? @default : double.TryParse(text, out var value) ? value : throw Malformed(path, text, "a number");

    /// <summary>A number with d, h, m, s, ms, us or ns; milliseconds without a unit; or infinite.</summary>
    public TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true)
    {
        if (Scalar(path) is not { } text) return @default ?? TimeSpan.Zero;
        if (allowInfinite && text == "infinite") return Timeout.InfiniteTimeSpan;
        return HoconDuration.TryParse(text, out var time) ? time : throw Malformed(path, text, "a duration such as 50us, 20ms, 3s or 1m");
    }

    public IList<string> GetStringList(string path) => Find(path) switch
    {
        null => [],
        List<string> list => list,
        var other => throw Malformed(path, other, "a list"),
    };

    private string? Scalar(string path) => Find(path) switch
    {
        null => null,
        string text => text,
        var other => throw Malformed(path, other, "a single value"),
    };

    private object? Find(string path) => root.Find(path) ?? fallback?.Find(path);

    private static ConfigurationException Malformed(string path, object value, string allowed) =>
        new($"The value of {path} is \"{value}\"; it must be {allowed}.");
}
