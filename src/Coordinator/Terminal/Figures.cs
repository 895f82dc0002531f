using System.Globalization;

namespace Distributed.Coordinator.Terminal;

/// <summary>Numbers as a person reads them; always a point, never a comma.</summary>
public static class Figures
{
    /// <summary>0.2159; a large or broken value stays short: 1.2e+08, NaN.</summary>
    public static string Loss(double loss) =>
        loss is < 1e5 and > -1e5
            ? loss.ToString("F4", CultureInfo.InvariantCulture)
            : loss.ToString("0.0e+00", CultureInfo.InvariantCulture);

    /// <summary>0.9393: a share of 1.</summary>
    public static string Accuracy(double accuracy) => accuracy.ToString("F4", CultureInfo.InvariantCulture);

    /// <summary>60,000.</summary>
    public static string Whole(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>950, 9.5k, 131k, 1.3M.</summary>
    public static string Count(double count) =>
        count switch
        {
            < 999.5 => count.ToString("F0", CultureInfo.InvariantCulture),
            < 9_950 => (count / 1e3).ToString("F1", CultureInfo.InvariantCulture) + "k",
            < 999_500 => (count / 1e3).ToString("F0", CultureInfo.InvariantCulture) + "k",
            _ => (count / 1e6).ToString("F1", CultureInfo.InvariantCulture) + "M",
        };

    /// <summary>0.42 s, 12.3 s, 4:05, 1:02:03.</summary>
    public static string Seconds(double seconds) =>
        seconds switch
        {
            < 10 => seconds.ToString("F2", CultureInfo.InvariantCulture) + " s",
            < 60 => seconds.ToString("F1", CultureInfo.InvariantCulture) + " s",
            _ => Clock(seconds),
        };

    /// <summary>0:07, 4:05, 1:02:03; seconds are rounded up, so that only an end reads 0:00.</summary>
    public static string Clock(double seconds)
    {
        long whole = double.IsFinite(seconds) ? (long)Math.Ceiling(Math.Clamp(seconds, 0, 999 * 3600)) : 0;
        (long hours, long minutes, long rest) = (whole / 3600, whole / 60 % 60, whole % 60);
        return hours > 0 ? $"{hours}:{minutes:00}:{rest:00}" : $"{minutes}:{rest:00}";
    }
}
