using System.Globalization;
using Distributed.Numerics.Optimizers;
using Distributed.Protocol;

namespace Distributed.Coordinator.Recipes;

/// <summary>Reads a learning-rate schedule: its kind, then its numbers, between colons.</summary>
public static class ScheduleValue
{
    private const string Allowed =
        "constant, step:EPOCHS:FACTOR (as in step:2:0.5), exponential:FACTOR (exponential:0.9), cosine or linear, these with or without a floor (cosine:0.1)";

    /// <summary>The schedule that <paramref name="setting"/> spells.</summary>
    /// <exception cref="InputException">It spells none.</exception>
    public static LearningRateSchedule Schedule(this SettingText setting)
    {
        string[] parts = setting.Text.Split(':');
        LearningRateSchedule? schedule = (parts[0], parts.Length) switch
        {
            ("constant", 1) => new LearningRateSchedule(ScheduleKind.Constant),
            ("step", 3) when Epochs(parts[1]) is { } every && Factor(parts[2]) is { } factor =>
                new LearningRateSchedule(ScheduleKind.Step, factor, every),
            ("exponential", 2) when Factor(parts[1]) is { } factor => new LearningRateSchedule(ScheduleKind.Exponential, factor),
            ("cosine", 1) => new LearningRateSchedule(ScheduleKind.Cosine),
            ("cosine", 2) when Floor(parts[1]) is { } floor => new LearningRateSchedule(ScheduleKind.Cosine, floor),
            ("linear", 1) => new LearningRateSchedule(ScheduleKind.Linear),
            ("linear", 2) when Floor(parts[1]) is { } floor => new LearningRateSchedule(ScheduleKind.Linear, floor),
            _ => null,
        };
        return schedule ?? throw setting.NotAllowed(Allowed, Hint(parts[0]));
    }

    private static string? Hint(string kind) => kind switch
    {
        "step" => "step takes whole epochs of at least 1, then a factor above 0 and at most 1",
        "exponential" => "exponential takes a factor above 0 and at most 1",
        "cosine" or "linear" => $"the floor of {kind} is a share of the rate, from 0 to 1",
        _ => null,
    };

    private static int? Epochs(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int epochs) && epochs >= 1 ? epochs : null;

    private static float? Factor(string text) => Floor(text) is > 0f and { } factor ? factor : null;

    private static float? Floor(string text) =>
        float.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out float floor)
        && floor is >= 0f and <= 1f
            ? floor
            : null;
}
