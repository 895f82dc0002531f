using Distributed.Coordinator.Tests.Storage;
using Distributed.Coordinator.Tuning;
using FsCheck;
using FsCheck.Fluent;

namespace Distributed.Coordinator.Tests.Tuning;

/// <summary>What a tuning decides depends on its results alone: not on the order in which trials end, nor on where it was interrupted.</summary>
public sealed class TuningProgressTests
{
    private static readonly Gen<(TuningPlan Plan, int Opinion, int Order, int Crash)> Tunings =
        from plan in SamplePlans.Plans
        from opinion in Gen.Choose(0, 1_000_000)
        from order in Gen.Choose(0, 1_000_000)
        from crash in Gen.Choose(0, 40)
        select (plan, opinion, order, crash);

    [Fact]
    public void The_order_of_results_within_a_rung_changes_nothing() => Prop.ForAll(
        Tunings.ToArbitrary(),
        tuning => Assert.Equal(Table(Run(tuning.Plan, tuning.Opinion, _ => 0)), Table(Run(tuning.Plan, tuning.Opinion, Shuffled(tuning.Order)))))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    /// <summary>The ledger's line may be torn anywhere: what it held is trained again, to the same end.</summary>
    [Fact]
    public void A_tuning_that_crashed_anywhere_ends_the_same() => Prop.ForAll(
        Tunings.ToArbitrary(),
        tuning =>
        {
            var store = new MemoryRunStore();
            var ledger = new TuningLedger(store);
            var first = new TuningProgress(tuning.Plan);
            for (int results = 0; results < tuning.Crash && !first.IsOver; results++)
            {
                TrialResult result = Next(first, tuning.Opinion, Shuffled(tuning.Order));
                ledger.Append(result);
                first.Record(result);
            }

            Tear(store, tuning.Order % 50);
            var second = new TuningProgress(tuning.Plan);
            ledger.Replay(second);
            while (!second.IsOver)
            {
                TrialResult result = Next(second, tuning.Opinion, _ => 0);
                ledger.Append(result);
                second.Record(result);
            }

            Assert.Equal(Table(Run(tuning.Plan, tuning.Opinion, _ => 0)), Table(second));
            var third = new TuningProgress(tuning.Plan);
            ledger.Replay(third);
            Assert.True(third.IsOver);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Who_goes_on_was_among_the_best_and_did_not_fail() => Prop.ForAll(
        Tunings.ToArbitrary(),
        tuning =>
        {
            var latest = new Dictionary<int, TrialResult>();
            var progress = new TuningProgress(tuning.Plan);
            while (!progress.IsOver)
            {
                int decisions = progress.Decisions.Count;
                TrialResult result = Next(progress, tuning.Opinion, _ => 0);
                latest[result.Trial] = result;
                progress.Record(result);
                foreach (RungDecision decision in progress.Decisions.Skip(decisions))
                {
                    AssertBest(tuning.Plan, decision, latest);
                }
            }

            IReadOnlyList<Standing> standings = progress.Standings();
            int sound = standings.Count(standing => standing.Result.Rung == progress.Rung.Number && standing.Result.Failure is null);
            Assert.True(sound >= progress.Rung.Trials || progress.Decisions.LastOrDefault() is null or { NextBest: null }, "somebody could have stepped in");
            Assert.Equal(tuning.Plan.Trials.Count, standings.Count);
            Assert.Equal(standings.OrderBy(standing => standing.Result.Failure is not null).Select(s => s.Rank), standings.Select(s => s.Rank));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Ties_go_to_the_lower_number_and_reasons_say_the_place()
    {
        TuningPlan plan = SamplePlans.OfSeeds(6, halving: 3, epochs: 5);
        var progress = new TuningProgress(plan);
        foreach ((int trial, double accuracy) in (ReadOnlySpan<(int, double)>)[(6, 0.5), (2, 0.9), (5, 0.5), (1, 0.5), (4, 0.5), (3, 0.4)])
        {
            progress.Record(Reached(trial, 1, 1, accuracy));
        }

        Assert.Equal([1, 2], progress.Waiting.Select(trial => trial.Number));
        progress.Record(Reached(1, 2, 5, 0.6));
        progress.Record(Reached(2, 2, 5, 0.6));
        Assert.True(progress.IsOver);
        Assert.Equal(
            [
                "1: trial 1 finished",
                "2: trial 2 finished",
                "3: trial 4 stopped after 1 epoch: place 3 of 6, and 2 went on",
                "4: trial 5 stopped after 1 epoch: place 4 of 6, and 2 went on",
                "5: trial 6 stopped after 1 epoch: place 5 of 6, and 2 went on",
                "6: trial 3 stopped after 1 epoch: place 6 of 6, and 2 went on",
            ],
            progress.Standings().Select(standing => $"{standing.Rank}: trial {standing.Trial.Number} {standing.Reason}"));
    }

    [Fact]
    public void The_next_best_steps_in_for_a_trial_that_fails()
    {
        var progress = new TuningProgress(SamplePlans.OfSeeds(3, halving: 3, epochs: 5));
        foreach ((int trial, double accuracy) in (ReadOnlySpan<(int, double)>)[(1, 0.7), (2, 0.9), (3, 0.8)])
        {
            progress.Record(Reached(trial, 1, 1, accuracy));
        }

        foreach ((int trial, int next) in (ReadOnlySpan<(int, int)>)[(2, 3), (3, 1)])
        {
            Assert.Equal(trial, Assert.Single(progress.Waiting).Number);
            progress.Record(Reached(trial, 2, 3, 0) with { Failure = "the gradient has NaN" });
            Assert.Equal(next, progress.ReplacementOf(trial));
            Assert.False(progress.IsOver);
        }

        progress.Record(Reached(1, 2, 5, 0.6));
        Assert.True(progress.IsOver);
        Assert.Equal(
            ["trial 1 finished", "trial 2 failed in epoch 4", "trial 3 failed in epoch 4"],
            progress.Standings().Select(standing => $"trial {standing.Trial.Number} {standing.Reason}"));
    }

    /// <summary>27 trials of 1 epoch, 9 of 2 more, 3 of 6 more, 1 of 18 more.</summary>
    [Fact]
    public void The_epochs_that_are_left_go_down_to_none()
    {
        var progress = new TuningProgress(SamplePlans.OfSeeds(27, halving: 3, epochs: 27));
        Assert.Equal(27 + 18 + 18 + 18, progress.EpochsLeft);
        while (!progress.IsOver)
        {
            int before = progress.EpochsLeft;
            Trial next = progress.Waiting[0];
            int epochs = progress.Rung.EpochsOf(next);
            int added = epochs - progress.EpochsOf(next);
            progress.Record(Reached(next.Number, progress.Rung.Number, epochs, 0.5) with { IsComplete = epochs == 27 });
            Assert.Equal(before - added, progress.EpochsLeft);
        }

        Assert.Equal(0, progress.EpochsLeft);
    }

    [Fact]
    public void A_result_that_nobody_waits_for_is_not_expected()
    {
        var progress = new TuningProgress(SamplePlans.OfSeeds(3, halving: 3, epochs: 5));
        Assert.True(progress.Expects(Reached(2, 1, 1, 0.5)));
        Assert.False(progress.Expects(Reached(2, 2, 5, 0.5)));
        Assert.False(progress.Expects(Reached(4, 1, 1, 0.5)));
        Assert.False(progress.Expects(Reached(2, 1, 2, 0.5)));
        progress.Record(Reached(2, 1, 1, 0.5));
        Assert.False(progress.Expects(Reached(2, 1, 1, 0.5)));
    }

    private static TrialResult Reached(int trial, int rung, int epochs, double accuracy) => new()
    {
        Trial = trial, Rung = rung, Epochs = epochs, ValidationAccuracy = accuracy, ValidationLoss = 1, IsComplete = epochs == 5,
    };

    private static TuningProgress Run(TuningPlan plan, int opinion, Func<int, int> choose)
    {
        var progress = new TuningProgress(plan);
        while (!progress.IsOver)
        {
            progress.Record(Next(progress, opinion, choose));
        }

        return progress;
    }

    private static TrialResult Next(TuningProgress progress, int opinion, Func<int, int> choose)
    {
        IReadOnlyList<Trial> waiting = progress.Waiting;
        return SamplePlans.Result(progress.Plan, progress.Rung, waiting[choose(waiting.Count)], opinion);
    }

    private static Func<int, int> Shuffled(int order) => count => order % count;

    private static void AssertBest(TuningPlan plan, RungDecision decision, Dictionary<int, TrialResult> latest)
    {
        Assert.True(decision.GoOn.Count <= plan.Rungs[decision.Rung].Trials);
        Assert.Equal(decision.Order.Take(decision.GoOn.Count), decision.GoOn);
        Assert.All(decision.Order, trial => Assert.Null(latest[trial].Failure));
        double[] figures = [.. decision.Order.Select(trial => plan.Metric.Of(latest[trial]))];
        Assert.Equal(plan.Metric == TuningMetric.ValidationAccuracy ? [.. figures.OrderDescending()] : [.. figures.Order()], figures);
    }

    private static string Table(TuningProgress progress) => TuningTable.Csv(progress.Plan.Axes, progress.Standings());

    private static void Tear(MemoryRunStore store, int bytes)
    {
        if (store.Exists(TuningLedger.FileName))
        {
            using var file = store.OpenAppend(TuningLedger.FileName);
            file.Truncate(Math.Max(0, file.Length - bytes));
        }
    }
}
