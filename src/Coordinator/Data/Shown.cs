using System.Text;

namespace Distributed.Coordinator.Data;

/// <summary>Values from a file as an error shows them: quoted, short, without control characters.</summary>
internal static class Shown
{
    private const int CharactersMax = 40;

    public static string Value(ReadOnlySpan<byte> text) => Value(Encoding.UTF8.GetString(text[..Math.Min(text.Length, 4 * CharactersMax)]));

    public static string Value(string text)
    {
        var shown = new StringBuilder("\"", CharactersMax + 5);
        foreach (char character in text.AsSpan(0, Math.Min(text.Length, CharactersMax)))
        {
            shown.Append(char.IsControl(character) ? '·' : character);
        }

        return shown.Append(text.Length > CharactersMax ? "…\"" : "\"").ToString();
    }

    /// <summary>The first few of <paramref name="names"/>, and how many there are in all when some are left out.</summary>
    public static string Some(IReadOnlyList<string> names, int namesMax = 8) =>
        string.Join(", ", names.Take(namesMax).Select(Value)) + (names.Count > namesMax ? $", … ({names.Count} in all)" : "");
}
