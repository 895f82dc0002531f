using System.Globalization;

namespace Distributed.Coordinator.Reports;

/// <summary>Numbers as a report writes them.</summary>
internal static class ReportText
{
    /// <summary>60,000</summary>
    public static string Count(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>97.12 %; a dash when there is none.</summary>
    public static string Percent(double? share) =>
        share is { } value && double.IsFinite(value) ? $"{(100 * value).ToString("0.00", CultureInfo.InvariantCulture)} %" : "–";

    /// <summary>0.1124; a dash when there is none.</summary>
    public static string Loss(double? loss) => loss is { } value ? value.ToString("0.0000", CultureInfo.InvariantCulture) : "–";

    /// <summary>As <see cref="Duration"/>, in whole seconds: 56 s.</summary>
    public static string WholeSeconds(double seconds) =>
        Math.Round(seconds) is >= 0 and < 60 and var whole ? $"{whole.ToString("0", CultureInfo.InvariantCulture)} s" : Duration(seconds);

    /// <summary>2.4 s, 3 min 20 s, or 1 h 05 min.</summary>
    public static string Duration(double seconds)
    {
        if (!double.IsFinite(seconds) || seconds < 0)
        {
            return "–";
        }

        int whole = (int)Math.Min(Math.Round(seconds), int.MaxValue);
        return whole < 60 ? $"{seconds.ToString("0.0", CultureInfo.InvariantCulture)} s"
            : whole < 3600 ? $"{whole / 60} min {whole % 60:00} s"
            : $"{whole / 3600} h {whole / 60 % 60:00} min";
    }
}
