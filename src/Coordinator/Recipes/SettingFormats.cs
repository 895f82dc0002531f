using System.Globalization;
using Distributed.Numerics.Models;
using Distributed.Numerics.Optimizers;

namespace Distributed.Coordinator.Recipes;

/// <summary>Writes values so that <see cref="SettingValues"/> reads the same value back.</summary>
public static class SettingFormats
{
    /// <summary>The shortest decimal that reads back as the same float.</summary>
    public static string Number(float value) => Plain(value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>The shortest decimal that reads back as the same double.</summary>
    public static string Number(double value) => Plain(value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>128,64, or none.</summary>
    public static string HiddenLayers(IReadOnlyList<int> units) => units.Count == 0 ? "none" : string.Join(',', units);

    /// <summary>uniform:0.1, normal:0.01, constant:0, xavier or he.</summary>
    public static string Initializer(Initializer initializer) =>
        initializer.Kind switch
        {
            InitializerKind.Xavier => "xavier",
            InitializerKind.He => "he",
            InitializerKind.Constant => $"constant:{Number(initializer.Parameter)}",
            InitializerKind.Uniform => $"uniform:{Number(initializer.Parameter)}",
            _ => $"normal:{Number(initializer.Parameter)}",
        };

    /// <summary>constant, step:2:0.5, exponential:0.9, cosine, cosine:0.1, linear or linear:0.1.</summary>
    public static string Schedule(LearningRateSchedule schedule) =>
        schedule.Kind switch
        {
            ScheduleKind.Constant => "constant",
            ScheduleKind.Step => $"step:{schedule.EveryEpochs}:{Number(schedule.Factor)}",
            ScheduleKind.Exponential => $"exponential:{Number(schedule.Factor)}",
            ScheduleKind.Cosine => Falling("cosine", schedule.Factor),
            _ => Falling("linear", schedule.Factor),
        };

    /// <summary>The word that stands for <paramref name="value"/>.</summary>
    public static string Word<T>(IReadOnlyList<(string Word, T Value)> words, T value)
        where T : struct, Enum => words.First(pair => EqualityComparer<T>.Default.Equals(pair.Value, value)).Word;

    private static string Falling(string kind, float floor) => floor == 0f ? kind : $"{kind}:{Number(floor)}";

    private static string Plain(string text) =>
        text.Replace("E-0", "e-", StringComparison.Ordinal).Replace("E", "e", StringComparison.Ordinal);
}
