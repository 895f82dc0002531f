using Spectre.Console;
using Spectre.Console.Rendering;

namespace Distributed.Coordinator.Terminal;

/// <summary>The live lines in color.</summary>
public static class ProgressRegion
{
    public static IRenderable For(IReadOnlyList<IReadOnlyList<ProgressSegment>> lines)
    {
        var text = new Paragraph();
        for (int i = 0; i < lines.Count; i++)
        {
            text.Append(i == 0 ? "" : "\n");
            foreach (ProgressSegment segment in lines[i])
            {
                text.Append(segment.Text, StyleOf(segment.Tone));
            }
        }

        return text;
    }

    private static Style StyleOf(Tone tone) =>
        tone switch
        {
            Tone.Label => new Style(decoration: Decoration.Dim),
            Tone.BarDone => new Style(Color.Green),
            Tone.BarLeft => new Style(decoration: Decoration.Dim),
            _ => Style.Plain,
        };
}
