using Spectre.Console;
using Spectre.Console.Rendering;

namespace Distributed.Coordinator.Terminal;

/// <summary>
/// One change of a display whose lower part is rewritten, as one write. As in <see cref="LiveFrame"/>, the cursor rests at the start of the region's
/// first line between frames.
/// </summary>
/// <param name="above">A line that scrolls up above the region, or null.</param>
/// <param name="aboveColor">Its color.</param>
/// <param name="region">What is rewritten; null for nothing.</param>
public sealed class RegionFrame(string? above, Color aboveColor, IRenderable? region) : Renderable
{
    private const string EraseBelow = "\r\u001b[J";

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        yield return Segment.Control(EraseBelow);
        if (above is not null)
        {
            foreach (Segment segment in ((IRenderable)new Text(above, new Style(aboveColor))).Render(options, maxWidth))
            {
                yield return segment;
            }

            yield return Segment.LineBreak;
        }

        // A line that reached the last column would wrap on some terminals.
        List<SegmentLine> lines = region is null ? [] : Segment.SplitLines(region.Render(options, Math.Max(1, maxWidth - 1)));
        foreach (SegmentLine line in lines)
        {
            foreach (Segment segment in line)
            {
                yield return segment;
            }

            yield return Segment.LineBreak;
        }

        yield return Segment.Control(lines.Count > 0 ? $"\r\u001b[{lines.Count}A" : "");
    }
}
