namespace Distributed.Coordinator.Terminal;

/// <summary>Text from outside on a terminal: one line, of bounded length, without control characters.</summary>
public static class PlainText
{
    private const int CharactersMax = 200;

    /// <summary><paramref name="text"/>, made harmless.</summary>
    public static string Of(string text)
    {
        string cut = text.Length <= CharactersMax ? text : string.Concat(text.AsSpan(0, CharactersMax), "…");
        return string.Concat(cut.Select(c => char.IsControl(c) ? '?' : c));
    }
}
