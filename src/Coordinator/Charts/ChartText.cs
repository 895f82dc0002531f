using System.Globalization;

namespace Distributed.Coordinator.Charts;

/// <summary>Numbers as a chart writes them.</summary>
internal static class ChartText
{
    /// <summary>A tick's label, with the decimals that tell it from its neighbours.</summary>
    public static string Tick(double value, double step, ValueFormat format) => format switch
    {
        ValueFormat.Percent => $"{Fixed(100 * value, Decimals(100 * step))} %",
        ValueFormat.Grouped => value.ToString("#,0.###", CultureInfo.InvariantCulture),
        _ => NeedsExponent(value) ? value.ToString("0.##e0", CultureInfo.InvariantCulture) : Fixed(value, Decimals(step)),
    };

    /// <summary>A data value: four significant digits, or two decimals of a per cent.</summary>
    public static string Value(double value, ValueFormat format) => format switch
    {
        ValueFormat.Percent => $"{Fixed(100 * value, 2)} %",
        ValueFormat.Grouped => value.ToString("#,0", CultureInfo.InvariantCulture),
        _ => NeedsExponent(value) ? value.ToString("0.###e0", CultureInfo.InvariantCulture) : Fixed(value, SignificantDecimals(value)),
    };

    /// <summary>About how wide a text is, estimated for a wide font, since nobody knows which one the reader has.</summary>
    public static double Width(string text, double fontSize) =>
        fontSize * text.Sum(letter => letter is '.' or ',' or ' ' or 'i' or 'l' or 't' ? 0.36 : 0.64);

    private static bool NeedsExponent(double value) => Math.Abs(value) is >= 1e6 or (> 0 and < 1e-4);

    private static string Fixed(double value, int decimals) => value.ToString($"F{decimals}", CultureInfo.InvariantCulture);

    private static int Decimals(double step)
    {
        int decimals = 0;
        for (double rest = Math.Abs(step); decimals < 6 && Math.Abs(rest - Math.Round(rest)) > 1e-6; rest *= 10)
        {
            decimals++;
        }

        return decimals;
    }

    private static int SignificantDecimals(double value)
    {
        double magnitude = Math.Abs(value);
        return magnitude >= 1000 ? 0 : magnitude >= 100 ? 1 : magnitude >= 10 ? 2 : magnitude >= 1 ? 3 : 4;
    }
}
