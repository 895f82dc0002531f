using Distributed.Coordinator.Web;

namespace Distributed.Coordinator.Tests.Web;

/// <summary>The minibatches' curve has a bounded number of points, which are means of equally many lines.</summary>
public sealed class StepTrailTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void EveryPointIsTheMeanOfItsLines(int lines)
    {
        var trail = new StepTrail();
        for (int i = 0; i < lines; i++)
        {
            trail.Add(WatchedRun.Line(100 * (i + 1), loss: i, accuracy: 2 * i));
        }

        Assert.True(trail.Points.Count < StepTrail.Capacity);
        Assert.Equal(lines / trail.Width, trail.Points.Count);
        for (int p = 0; p < trail.Points.Count; p++)
        {
            double mean = (p * trail.Width) + ((trail.Width - 1) / 2.0);
            Assert.Equal(new TrailPoint(100 * (mean + 1), mean, 2 * mean), trail.Points[p]);
        }
    }
}
