using System.Globalization;
using Distributed.Coordinator.Storage;

namespace Distributed.Coordinator.TensorBoard;

/// <summary>
/// Names of event files: events.out.tfevents.SECONDS.coordinator. TensorBoard takes every file with "tfevents" in its name and reads a
/// folder's files in the order of their names, so each new name must come after the ones that are there, even where the clock was set back.
/// </summary>
internal static class EventFileName
{
    private const string Prefix = "events.out.tfevents.";
    private const string Suffix = ".coordinator";
    private const int Digits = 10;

    /// <summary>Paths of the event files that this program wrote in <paramref name="folder"/>, in the order that they are read.</summary>
    public static IReadOnlyList<string> List(IRunStore store, string folder) =>
        [.. store.List(folder).Where(name => SecondsIn(name) is not null).Select(name => PathOf(folder, name))];

    /// <summary>A path that comes after all others in <paramref name="folder"/>.</summary>
    public static string Next(IRunStore store, string folder, long unixSeconds)
    {
        long newest = store.List(folder).Max(SecondsIn) ?? 0;
        long seconds = Math.Max(unixSeconds, newest + 1);
        return PathOf(folder, Prefix + seconds.ToString($"D{Digits}", CultureInfo.InvariantCulture) + Suffix);
    }

    private static long? SecondsIn(string name)
    {
        bool isOurs = name.Length == Prefix.Length + Digits + Suffix.Length
            && name.StartsWith(Prefix, StringComparison.Ordinal)
            && name.EndsWith(Suffix, StringComparison.Ordinal);
        ReadOnlySpan<char> digits = isOurs ? name.AsSpan(Prefix.Length, Digits) : [];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) ? seconds : null;
    }

    private static string PathOf(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";
}
