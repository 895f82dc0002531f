using System.Text;

namespace Akka.Configuration;

/// <summary>
/// A parser for a part of HOCON: nested objects, dotted and quoted keys, key = value, key : value, key { },
/// quoted and unquoted values, lists of values, comments with # and //. Fields are separated by commas or line ends.
/// Includes, substitutions, +=, triple quotes and lists of objects are refused or not recognised.
/// </summary>
internal sealed class HoconParser
{
    private readonly string text;
    private int at;

    private HoconParser(string text) => this.text = text;

    public static HoconObject Parse(string hocon)
    {
        var parser = new HoconParser(hocon);
        parser.SkipBlank();
        var inBraces = parser.TryTake('{');
        var root = parser.Fields(inBraces);
        parser.SkipBlank();
        return parser.at == hocon.Length ? root : throw parser.Malformed("the end of the text");
    }

    private HoconObject Fields(bool inBraces)
    {
        var fields = new HoconObject();
        while (true)
        {
            SkipBlank();
            if (at == text.Length && !inBraces) return fields;
            if (inBraces && TryTake('}')) return fields;
            var path = Key();
            SkipBlank();
            if (text.AsSpan(at).StartsWith("+=")) throw Malformed("= or :");
            if (!TryTake('=') && !TryTake(':') && Peek() != '{') throw Malformed("=, : or { after a key");
            fields.Put(path, Value());
        }
    }

    private string Key()
    {
        var key = new StringBuilder();
        while (Peek() is var c and not ('=' or ':' or '{' or '}' or '[' or ']' or ',' or '+' or '$' or '#' or '\n' or '\0'))
            key.Append(c == '"' ? $"\"{Quoted()}\"" : text[at++]);
        return key.Length > 0 && !key.ToString().TrimStart().StartsWith("include ") ? key.ToString().Trim() : throw Malformed("a key");
    }

    private object Value()
    {
        SkipSpaces();
        if (TryTake('{')) return Fields(inBraces: true);
        return TryTake('[') ? List() : Scalar(insideList: false);
    }

    private List<string> List()
    {
        var items = new List<string>();
        while (true)
        {
            SkipBlank();
            if (TryTake(']')) return items;
            items.Add(Scalar(insideList: true));
        }
    }

    private string Scalar(bool insideList)
    {
        SkipSpaces();
        if (text.AsSpan(at).StartsWith("\"\"\"")) throw Malformed("a value without triple quotes");
        if (Peek() == '"') return Alone(Quoted());
        var from = at;
        while (Peek() is not ('\n' or '\0' or ',' or '}' or '#') && !(insideList && Peek() == ']') && !text.AsSpan(at).StartsWith("//"))
        {
            if (Peek() is '$' or '{' or '[' or '"') throw Malformed("a plain value");
            at++;
        }

        var value = text[from..at].Trim();
        return value.Length > 0 ? value : throw Malformed("a value");
    }

    /// <summary>Values side by side would be joined in full HOCON.</summary>
    private string Alone(string value)
    {
        SkipSpaces();
        var ends = Peek() is '\n' or '\0' or ',' or '}' or ']' or '#' || text.AsSpan(at).StartsWith("//");
        return ends ? value : throw Malformed("the end of the value");
    }

    private string Quoted()
    {
        at++;
        var value = new StringBuilder();
        while (Peek() != '"')
        {
            if (Peek() is '\n' or '\0') throw Malformed("a closing quotation mark");
            value.Append(TryTake('\\') ? Unescape(Peek()) : Peek());
            at++;
        }

        at++;
        return value.ToString();
    }

    private char Unescape(char c) => c switch
    {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        '"' or '\\' or '/' => c,
        _ => throw Malformed("one of \\n \\t \\r \\\" \\\\ \\/"),
    };

    private char Peek() => at < text.Length ? text[at] : '\0';

    private bool TryTake(char c)
    {
        if (Peek() != c) return false;
        at++;
        return true;
    }

    private void SkipSpaces()
    {
        while (Peek() is ' ' or '\t' or '\r') at++;
    }

    /// <summary>Skips blanks, line ends, commas and comments.</summary>
    private void SkipBlank()
    {
        while (true)
        {
            if (at < text.Length && (char.IsWhiteSpace(Peek()) || Peek() == ',')) at++;
            else if (Peek() == '#' || text.AsSpan(at).StartsWith("//")) SkipLine();
            else return;
        }
    }

    private void SkipLine()
    {
        while (Peek() is not ('\n' or '\0')) at++;
    }

    private ConfigurationException Malformed(string expected)
    {
        var line = text.AsSpan(0, Math.Min(at, text.Length)).Count('\n') + 1;
        var found = at < text.Length ? $"'{text[at]}'" : "the end";
        return new ConfigurationException($"Configuration, line {line}: expected {expected}, found {found}.");
    }
}
