using Distributed.Coordinator.Hosting;
using Distributed.Coordinator.Tests.Web;
using Distributed.Coordinator.Training;
using Distributed.Numerics.Models;
using Distributed.Protocol;
using Distributed.Protocol.Plan;

namespace Distributed.Coordinator.Tests.Hosting;

/// <summary>How often people are shown where a run is.</summary>
public sealed class StepProgressMeterTests
{
    private static readonly StepSchedule Schedule = new(80, 8, 4, 100);

    private readonly ManualTime _time = new();
    private readonly StepProgressMeter _meter;

    public StepProgressMeterTests()
    {
        _meter = new StepProgressMeter(Schedule, TrainingPosition.Start, _time, earlierSeconds: 0);
        _meter.Dispatched();
    }

    /// <summary>Ten steps of 3 ms an epoch.</summary>
    [Fact]
    public void EpochsThatAreShorterThanTheIntervalPutNothingOff()
    {
        int[] shown = [.. Enumerable.Range(0, 200).Where(step => IsShownAfter(step, TimeSpan.FromMilliseconds(3)))];
        Assert.Equal([0, 34, 68, 102, 136, 170], shown);
    }

    [Fact]
    public void TheRateLeavesTheEvaluationOut()
    {
        for (int step = 0; step < 10; step++)
        {
            Do(step, TimeSpan.FromMilliseconds(10));
        }

        _time.Advance(TimeSpan.FromSeconds(5));
        _meter.EpochDone();
        Do(10, TimeSpan.FromMilliseconds(10));
        Assert.True(_meter.ProgressIsDue);
        Assert.Equal(800, _meter.Progress().SamplesPerSecond, 6);
    }

    private bool IsShownAfter(int step, TimeSpan time)
    {
        Do(step, time);
        bool isDue = _meter.ProgressIsDue;
        if (isDue)
        {
            _meter.Progress();
        }

        if ((step + 1) % Schedule.StepsPerEpoch == 0)
        {
            _meter.EpochDone();
        }

        return isDue;
    }

    private void Do(int step, TimeSpan time)
    {
        _time.Advance(time);
        _meter.Count(new StepRecord(Schedule.At(new StepNumber(step)), new PartialStatistics(8, 4, 8), 0.1f, 1));
    }
}
