using Distributed.Bench.InProcess;

namespace Distributed.Bench.Compare;

/// <summary>
/// What the fixed tree costs: whole steps with 8 microbatches against whole steps with one, whose gradient is one flat sum. Same build, taking
/// turns, in seconds of the thread's own processor time.
/// </summary>
internal sealed record DeterminismRow(string Key, string RecipeName, double LimitPercent) : Row(Key)
{
    private const double SampleSeconds = 0.02;
    private const double WarmUpSeconds = 0.2;

    public override IEnumerable<RowResult> Measure(Setting setting)
    {
        var tree = new StepLoop(Setup(8), workers: 1);
        var flat = new StepLoop(Setup(1), workers: 1);
        WarmUp(flat);
        WarmUp(tree);
        int repetitions = Math.Clamp((int)(SampleSeconds / Seconds(tree, 5)), 1, 1_000);
        double[] prices = new double[setting.IsQuick ? 7 : 41], steps = new double[prices.Length];
        for (int i = 0; i < prices.Length; i++)
        {
            double one = Seconds(flat, repetitions), eight = Seconds(tree, repetitions);
            prices[i] = 100 * ((eight / one) - 1);
            steps[i] = eight;
        }

        yield return RowResult.Limit(
            Key, $"price of determinism, {RecipeName}: tree of 8 against a flat sum", Figures.Median(prices), LimitPercent, "%",
            $"a step takes {Figures.Seconds(Figures.Median(steps))}", "f1");
    }

    /// <summary>Until the tiered compiler, which waits for a quiet moment, has come round.</summary>
    private static void WarmUp(StepLoop loop)
    {
        for (int round = 0; round < 3; round++)
        {
            double start = ThreadClock.Seconds();
            while (ThreadClock.Seconds() - start < WarmUpSeconds)
            {
                loop.Step();
            }

            Thread.Sleep(TimeSpan.FromSeconds(WarmUpSeconds));
        }
    }

    private TrainingSetup Setup(int microbatches) => TrainingSetup.Of(TrainingSetup.Recipe(RecipeName) with { Microbatches = microbatches });

    private static double Seconds(StepLoop loop, int steps)
    {
        double start = ThreadClock.Seconds();
        for (int i = 0; i < steps; i++)
        {
            loop.Step();
        }

        return (ThreadClock.Seconds() - start) / steps;
    }
}
