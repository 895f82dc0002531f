namespace Akka.Configuration;

/// <summary>Keys in braces. A value is a text, a list of texts or another object.</summary>
internal sealed class HoconObject : Dictionary<string, object>
{
    public object? Find(string path)
    {
        object? found = this;
        foreach (var key in HoconPath.Split(path))
        {
            if (found is not HoconObject inside || !inside.TryGetValue(key, out found)) return null;
        }

        return found;
    }

    /// <summary>A later object is merged into an earlier one; any other later value replaces the earlier one.</summary>
    public void Put(string path, object value)
    {
        var keys = HoconPath.Split(path);
        var target = this;
        foreach (var key in keys[..^1])
        {
            if (!target.TryGetValue(key, out var below) || below is not HoconObject)
                target[key] = below = new HoconObject();
            target = (HoconObject)below;
        }

        if (value is HoconObject added && target.TryGetValue(keys[^1], out var there) && there is HoconObject existing)
        {
            foreach (var (key, inner) in added) existing.Put($"\"{key}\"", inner);
        }
        else
        {
            target[keys[^1]] = value;
        }
    }

    public override string ToString() => "{" + string.Join(", ", Keys) + "}";
}

/// <summary>Paths are keys with dots between; a key in quotes may contain dots.</summary>
internal static class HoconPath
{
    public static List<string> Split(string path)
    {
        var keys = new List<string>();
        var (key, quoted) = ("", false);
        foreach (var c in path)
        {
            if (c == '"') quoted = !quoted;
            else if (c == '.' && !quoted) (_, key) = (Add(key), "");
            else key += c;
        }

        Add(key);
        return keys;

        bool Add(string finished)
        {
            keys.Add(finished.Trim());
            return true;
        }
    }
}
