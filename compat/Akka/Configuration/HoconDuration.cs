namespace Akka.Configuration;

internal static class HoconDuration
{
    private static readonly (string[] Names, double Milliseconds)[] Units =
    [
        (["", "milliseconds", "millisecond", "millis", "milli", "ms"], 1),
        (["microseconds", "microsecond", "micros", "micro", "us"], 1e-3),
        (["nanoseconds", "nanosecond", "nanos", "nano", "ns"], 1e-6),
        (["seconds", "second", "s"], 1e3),
        (["minutes", "minute", "m"], 60e3),
        (["hours", "hour", "h"], 3600e3),
        (["days", "day", "d"], 86400e3),
    ];

    public static bool TryParse(string text, out TimeSpan time)
    {
        var end = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        var unit = Units.FirstOrDefault(one => one.Names?.Contains(text[end..].Trim()) == true);
        var valid = double.TryParse(text.AsSpan(0, end), out var number) && number >= 0 && unit.Names is not null;
        time = valid ? TimeSpan.FromTicks((long)Math.Round(number * unit.Milliseconds * TimeSpan.TicksPerMillisecond)) : default;
        return valid;
    }
}
