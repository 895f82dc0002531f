using Distributed.Coordinator.Charts;
using FsCheck;
using FsCheck.Fluent;

namespace Distributed.Coordinator.Tests.Charts;

public sealed class AxisTests
{
    [Theory]
    [InlineData(0.1124, 0.4188, "0 0.1 0.2 0.3 0.4 0.5")]
    [InlineData(0.8857, 0.9681, "0.88 0.9 0.92 0.94 0.96 0.98")]
    [InlineData(0.5, 0.5, "0.44 0.46 0.48 0.5 0.52 0.54 0.56")]
    [InlineData(0, 0, "-1E-06 -5E-07 0 5E-07 1E-06")]
    [InlineData(-3, 7, "-4 -2 0 2 4 6 8")]
    [InlineData(0, 1, "0 0.2 0.4 0.6 0.8 1")]
    public void Linear_ticks_are_round_numbers(double low, double high, string ticks) =>
        Assert.Equal(ticks, string.Join(' ', Axis.Linear(low, high).Ticks.Select(tick => Math.Round(tick, 9))));

    [Theory]
    [InlineData(1, 1, "1")]
    [InlineData(1, 2, "1 2")]
    [InlineData(1, 5, "1 2 3 4 5")]
    [InlineData(1, 57, "10 20 30 40 50")]
    [InlineData(0, 93_750, "0 20000 40000 60000 80000")]
    public void Epochs_have_whole_ticks(double low, double high, string ticks) =>
        Assert.Equal(ticks, string.Join(' ', Axis.Counts(low, high).Ticks));

    [Theory]
    [InlineData(0.01, 2.3, "0.01 0.1 1 10")]
    [InlineData(0.3, 0.9, "0.2 0.5 1")]
    [InlineData(1, 1, "1 2")]
    public void Logarithmic_ticks_are_powers_of_ten_and_their_parts(double low, double high, string ticks) =>
        Assert.Equal(ticks, string.Join(' ', Axis.Logarithmic(low, high).Ticks.Select(tick => Math.Round(tick, 9))));

    [Fact]
    public void Every_axis_holds_its_data_and_has_a_readable_number_of_ticks()
    {
        Arbitrary<(NormalFloat, NormalFloat)> pairs = ArbMap.Default.ArbFor<(NormalFloat, NormalFloat)>();
        Prop.ForAll(pairs, pair =>
        {
            double low = Math.Min(pair.Item1.Get, pair.Item2.Get);
            double high = Math.Max(pair.Item1.Get, pair.Item2.Get);
            AssertHolds(Axis.Linear(low, high), low, high);
            (double small, double large) = (Math.Abs(low) + 1e-9, Math.Abs(high) + 1e-9);
            AssertHolds(Axis.Logarithmic(Math.Min(small, large), Math.Max(small, large)), Math.Min(small, large), Math.Max(small, large));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static void AssertHolds(Axis axis, double low, double high)
    {
        Assert.InRange(axis.Ticks.Count, 2, 12);
        Assert.InRange(axis.Place(low), -1e-6, 1 + 1e-6);
        Assert.InRange(axis.Place(high), -1e-6, 1 + 1e-6);
        Assert.True(axis.Place(low) <= axis.Place(high));
        Assert.Equal(axis.Ticks.Order(), axis.Ticks);
    }
}
