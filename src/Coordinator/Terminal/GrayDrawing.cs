using Spectre.Console;
using Spectre.Console.Rendering;

namespace Distributed.Coordinator.Terminal;

/// <summary>A picture in shades of gray: the upper half of each character is its foreground, the lower its background.</summary>
public sealed class GrayDrawing(DigitDrawing drawing) : Renderable
{
    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        for (int row = 0; row < drawing.Side; row += 2)
        {
            for (int column = 0; column < drawing.Side; column++)
            {
                yield return new Segment("▀", new Style(Gray(drawing.At(row, column)), Gray(drawing.At(row + 1, column))));
            }

            yield return Segment.LineBreak;
        }
    }

    /// <summary>Colors 232 to 255 of a terminal's palette are grays in every theme.</summary>
    private static Color Gray(double brightness) => Color.FromInt32(232 + (int)Math.Round(Math.Clamp(brightness, 0, 1) * 23));
}
