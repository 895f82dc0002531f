using Distributed.Coordinator.Terminal;

namespace Distributed.Coordinator.Tests.Terminal;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(950, "950")]
    [InlineData(999.6, "1.0k")]
    [InlineData(9_540, "9.5k")]
    [InlineData(9_960, "10k")]
    [InlineData(131_072, "131k")]
    [InlineData(999_600, "1.0M")]
    [InlineData(1_300_000, "1.3M")]
    public void Counts_are_short(double count, string text) => Assert.Equal(text, Figures.Count(count));

    [Theory]
    [InlineData(0, "0:00")]
    [InlineData(0.2, "0:01")]
    [InlineData(59.5, "1:00")]
    [InlineData(245, "4:05")]
    [InlineData(3723, "1:02:03")]
    [InlineData(double.NaN, "0:00")]
    [InlineData(1e300, "999:00:00")]
    public void Time_left_is_a_clock(double seconds, string text) => Assert.Equal(text, Figures.Clock(seconds));

    [Theory]
    [InlineData(0.415, "0.41 s")]
    [InlineData(12.34, "12.3 s")]
    [InlineData(245, "4:05")]
    public void Durations_have_a_unit(double seconds, string text) => Assert.Equal(text, Figures.Seconds(seconds));

    [Theory]
    [InlineData(0.21594, "0.2159")]
    [InlineData(99_999.5, "99999.5000")]
    [InlineData(123_456_789, "1.2e+08")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void Losses_stay_short(double loss, string text) => Assert.Equal(text, Figures.Loss(loss));

    [Fact]
    public void Time_left_follows_the_steps_of_this_process_alone()
    {
        var time = new FakeTime();
        var left = new TimeLeft(time);
        time.Advance(1);
        Assert.Null(left.Seconds(new(3, 4, 51, 100, 0, 0, 0)));
        time.Advance(1);
        Assert.Equal(148.0 * 2 / 2, left.Seconds(new(3, 4, 52, 100, 0, 0, 0))!.Value, 9);
    }
}
