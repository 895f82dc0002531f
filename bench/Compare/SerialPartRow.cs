using Distributed.Bench.InProcess;

namespace Distributed.Bench.Compare;

/// <summary>What the coordinator does while the workers wait, by stage, with two workers: medians over steps.</summary>
internal sealed record SerialPartRow(string Key, string RecipeName, int Steps, double LimitMicroseconds) : Row(Key)
{
    private const int Workers = 2;

    public override IEnumerable<RowResult> Measure(Setting setting)
    {
        TrainingSetup setup = TrainingSetup.Of(RecipeName);
        int steps = setting.IsQuick ? Math.Max(3, Steps / 10) : Steps;
        SerialPart[] parts = Collect(new StepLoop(setup, Workers, Math.Min(Workers, setting.Cores.Count)), steps);
        double Stage(Func<SerialPart, double> of) => Figures.Median(parts.Select(of));
        string breakdown = $"reduce and update in one pass {Figures.Seconds(Stage(p => p.Update))}, "
            + $"broadcast, records and next assignments {Figures.Seconds(Stage(p => p.Rest))}";
        bool isLarge = LimitMicroseconds >= 1000;
        yield return RowResult.Limit(
            Key, $"coordinator's serial part of a step, {setup.Description.Layout.Count:N0} parameters ({RecipeName}, {Workers} workers)",
            1e6 * Stage(p => p.Total) / (isLarge ? 1000 : 1), isLarge ? LimitMicroseconds / 1000 : LimitMicroseconds, isLarge ? "ms" : "µs", breakdown);
    }

    private static SerialPart[] Collect(StepLoop loop, int steps)
    {
        int warmUp = Math.Max(2, steps / 5);
        var parts = new SerialPart[steps];
        for (int i = -warmUp; i < steps; i++)
        {
            loop.Step();
            if (i >= 0)
            {
                parts[i] = loop.Serial;
            }
        }

        return parts;
    }
}
