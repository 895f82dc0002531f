using System.Globalization;

namespace Grpc.Core.Wire;

/// <summary>The value of grpc-timeout: at most eight digits and a unit.</summary>
internal static class GrpcTimeout
{
    private const long ValueMax = 99_999_999;

    private static readonly (char Unit, long Ticks)[] Units =
    [
        ('m', TimeSpan.TicksPerMillisecond), ('S', TimeSpan.TicksPerSecond), ('M', TimeSpan.TicksPerMinute), ('H', TimeSpan.TicksPerHour),
    ];

    /// <summary>Rounds up, so that the server never gives up before the client does.</summary>
    public static string Encode(TimeSpan timeout)
    {
        foreach ((char unit, long ticks) in Units)
        {
            long value = Math.Max(1, (timeout.Ticks / ticks) + (timeout.Ticks % ticks > 0 ? 1 : 0));
            if (value <= ValueMax)
                return string.Create(CultureInfo.InvariantCulture, $"{value}{unit}");
        }
        return string.Create(CultureInfo.InvariantCulture, $"{ValueMax}H");
    }

    /// <summary>The timeout, at most <see cref="TimeSpan.MaxValue"/>; null for a malformed value.</summary>
    public static TimeSpan? Decode(string? text)
    {
        if (text is null || text.Length is < 2 or > 9 || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, null, out long value))
            return null;
        decimal? ticks = text[^1] switch
        {
            'n' => value / 100,
            'u' => value * TimeSpan.TicksPerMicrosecond,
            'm' => value * TimeSpan.TicksPerMillisecond,
            'S' => value * TimeSpan.TicksPerSecond,
            'M' => value * (decimal)TimeSpan.TicksPerMinute,
            'H' => value * (decimal)TimeSpan.TicksPerHour,
            _ => null,
        };
        return ticks is null ? null : TimeSpan.FromTicks((long)Math.Min(ticks.Value, TimeSpan.MaxValue.Ticks));
    }
}
