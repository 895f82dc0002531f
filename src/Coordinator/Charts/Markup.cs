using System.Globalization;
using System.Text;
using Distributed.Numerics;

namespace Distributed.Coordinator.Charts;

/// <summary>Builds SVG and HTML as well-formed XML. The one place where text becomes markup, so that everything is escaped.</summary>
public sealed class Markup
{
    private readonly StringBuilder text = new();
    private readonly Stack<string> open = new();

    /// <summary>Begins an element.</summary>
    public Markup Open(string tag, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(tag, attributes);
        text.Append('>');
        open.Push(tag);
        return this;
    }

    /// <summary>Ends the element begun last.</summary>
    public Markup Close()
    {
        text.Append("</").Append(open.Pop()).Append('>');
        return this;
    }

    /// <summary>Ends the element begun last and the line.</summary>
    public Markup CloseLine()
    {
        Close();
        text.Append('\n');
        return this;
    }

    /// <summary>An element without content: only for elements that may have none in HTML, or inside SVG.</summary>
    public Markup Empty(string tag, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(tag, attributes);
        text.Append("/>");
        return this;
    }

    /// <summary>An element with text alone.</summary>
    public Markup Element(string tag, string content, params ReadOnlySpan<(string Name, string Value)> attributes) =>
        Open(tag, attributes).Text(content).Close();

    /// <summary>Text, escaped.</summary>
    public Markup Text(string content)
    {
        Escape(content);
        return this;
    }

    /// <summary>Markup made by another builder, or a style sheet of the program's own. Never anything from outside.</summary>
    public Markup Raw(string markup)
    {
        text.Append(markup);
        return this;
    }

    /// <summary>A coordinate with at most two decimals.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>What was built; every element must be closed.</summary>
    public override string ToString()
    {
        Check.That(open.Count == 0);
        return text.ToString();
    }

    private void Start(string tag, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        text.Append('<').Append(tag);
        foreach ((string name, string value) in attributes)
        {
            text.Append(' ').Append(name).Append("=\"");
            Escape(value);
            text.Append('"');
        }
    }

    private void Escape(string content)
    {
        // Half a surrogate pair, which would spoil the file's UTF-8, is enumerated as U+FFFD.
        foreach (Rune rune in content.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&': text.Append("&amp;"); break;
                case '<': text.Append("&lt;"); break;
                case '>': text.Append("&gt;"); break;
                case '"': text.Append("&quot;"); break;
                case '\'': text.Append("&#39;"); break;
                case '\t' or '\n' or '\r': text.Append((char)rune.Value); break;
                // Neither XML nor HTML can hold these, escaped or not.
                case < ' ' or 0xFFFE or 0xFFFF: text.Append('\uFFFD'); break;
                default: text.Append(rune.ToString()); break;
            }
        }
    }
}
