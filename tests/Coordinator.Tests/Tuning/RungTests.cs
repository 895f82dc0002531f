using Distributed.Coordinator.Tuning;
using FsCheck;
using FsCheck.Fluent;

namespace Distributed.Coordinator.Tests.Tuning;

/// <summary>How far each rung trains how many trials.</summary>
public sealed class RungTests
{
    [Theory]
    [InlineData(6, 5, 3, "6 to 1, 2 to the end")]
    [InlineData(27, 27, 3, "27 to 1, 9 to 3, 3 to 9, 1 to the end")]
    [InlineData(8, 5, 2, "8 to 1, 4 to 2, 2 to the end")]
    [InlineData(100, 9, 3, "100 to 1, 34 to 3, 12 to the end")]
    [InlineData(3, 81, 3, "3 to 27, 1 to the end")]
    public void Rungs_are_as_many_as_trials_and_epochs_allow(int trials, int epochs, int factor, string expected)
    {
        IEnumerable<string> rungs = Rung.Halving(trials, epochs, factor).Select(rung => $"{rung.Trials} to {rung.Epochs?.ToString() ?? "the end"}");
        Assert.Equal(expected, string.Join(", ", rungs));
    }

    [Fact]
    public void Each_rung_trains_fewer_trials_further_and_the_last_to_the_end() => Prop.ForAll(
        (from factor in Gen.Choose(2, 6)
         from trials in Gen.Choose(factor, 5000)
         from epochs in Gen.Choose(factor, 5000)
         select (trials, epochs, factor)).ToArbitrary(),
        wanted =>
        {
            IReadOnlyList<Rung> rungs = Rung.Halving(wanted.trials, wanted.epochs, wanted.factor);
            Assert.Equal(wanted.trials, rungs[0].Trials);
            Assert.Equal(Enumerable.Range(1, rungs.Count), rungs.Select(rung => rung.Number));
            Assert.All(rungs.SkipLast(1), rung => Assert.InRange(rung.Epochs!.Value, 1, wanted.epochs - 1));
            Assert.Null(rungs[^1].Epochs);
            foreach ((Rung before, Rung after) in rungs.Zip(rungs.Skip(1)))
            {
                Assert.True((after.Epochs ?? wanted.epochs) >= wanted.factor * before.Epochs);
                Assert.Equal((before.Trials + wanted.factor - 1) / wanted.factor, after.Trials);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
}
