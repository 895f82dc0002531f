using Spectre.Console;
using Spectre.Console.Rendering;

namespace Distributed.Coordinator.Terminal;

/// <summary>A line that scrolls up above a live region: what the region has left on its first rows is erased in the same write.</summary>
public sealed class LineAbove(string line, Color color) : Renderable
{
    private const string EraseBelow = "\u001b[J";

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        yield return Segment.Control(EraseBelow);
        foreach (Segment segment in ((IRenderable)new Text(line, new Style(color))).Render(options, maxWidth))
        {
            yield return segment;
        }

        yield return Segment.LineBreak;
    }
}
