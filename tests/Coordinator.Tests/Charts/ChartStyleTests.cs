using System.Globalization;
using System.Text.RegularExpressions;
using Distributed.Coordinator.Charts;

namespace Distributed.Coordinator.Tests.Charts;

/// <summary>Contrast by the formulas of WCAG 2.1: at least 3 for lines, 4.5 for text.</summary>
public sealed class ChartStyleTests
{
    private static readonly string[] Palettes = ChartStyle.Css.Split("@media");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_colour_can_be_seen_on_its_surface(int palette)
    {
        double surface = Luminance(Colour(palette, "surface"));
        Assert.All(["ink", "muted"], name => Assert.InRange(Contrast(Luminance(Colour(palette, name)), surface), 4.5, 21));
        for (int style = 0; style < ChartStyle.Count; style++)
        {
            // The same colours write the values at the lines' ends.
            Assert.InRange(Contrast(Luminance(Colour(palette, $"s{style}")), surface), 4.5, 21);
        }
    }

    private static string Colour(int palette, string name) => Regex.Match(Palettes[palette], $"--{name}:#([0-9a-f]{{6}})").Groups[1].Value;

    private static double Contrast(double one, double other) => (Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05);

    private static double Luminance(string colour) =>
        (0.2126 * Linear(colour[..2])) + (0.7152 * Linear(colour[2..4])) + (0.0722 * Linear(colour[4..]));

    private static double Linear(string channel)
    {
        double value = int.Parse(channel, NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.03928 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
