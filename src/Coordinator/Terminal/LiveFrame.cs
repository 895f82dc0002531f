using Spectre.Console;
using Spectre.Console.Rendering;

namespace Distributed.Coordinator.Terminal;

/// <summary>
/// One change of the live display, as one write. The cursor rests at the start of the region's first line between frames, so that a
/// frame needs to know nothing of the one before: it writes its lines over the old ones and goes back. What a terminal echoes there
/// (^C) is written over by the next frame.
/// </summary>
/// <param name="above">A line that scrolls up above the region, or null.</param>
/// <param name="aboveColor">Its color.</param>
/// <param name="lines">The region; none of them may reach the last column.</param>
/// <param name="eraseFirst">What stands below the cursor may be more than these lines cover.</param>
public sealed class LiveFrame(string? above, Color aboveColor, IReadOnlyList<IReadOnlyList<ProgressSegment>> lines, bool eraseFirst)
    : Renderable
{
    private const string EraseBelow = "\u001b[J";
    private const string EraseToLineEnd = "\u001b[K";

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        yield return Segment.Control(eraseFirst || above is not null ? "\r" + EraseBelow : "\r");

        if (above is not null)
        {
            foreach (Segment segment in ((IRenderable)new Text(above, new Style(aboveColor))).Render(options, maxWidth))
            {
                yield return segment;
            }

            yield return Segment.LineBreak;
        }

        for (int i = 0; i < lines.Count; i++)
        {
            foreach (ProgressSegment segment in lines[i])
            {
                yield return new Segment(segment.Text, StyleOf(segment.Tone));
            }

            yield return Segment.Control(EraseToLineEnd);
            yield return i < lines.Count - 1
                ? Segment.LineBreak
                : Segment.Control(lines.Count == 1 ? "\r" : $"\r\u001b[{lines.Count - 1}A");
        }
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
