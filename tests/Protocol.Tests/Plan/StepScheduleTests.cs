using Distributed.Protocol.Plan;

namespace Distributed.Protocol.Tests.Plan;

public sealed class StepScheduleTests
{
    [Theory]
    [InlineData(60_000, 32, 1875)]
    [InlineData(60_000, 256, 235)]
    [InlineData(10, 32, 1)]
    [InlineData(41_000, 0, 1)]
    public void StepsPerEpochCoverEverySample(int samples, int batchSize, int steps) =>
        Assert.Equal(steps, new StepSchedule(samples, batchSize, 8, 3).StepsPerEpoch);

    [Fact]
    public void EverySampleOfEveryEpochIsInExactlyOneMicrobatch()
    {
        for (int samples = 1; samples <= 40; samples++)
        {
            for (int batch = 0; batch <= 12; batch++)
            {
                var schedule = new StepSchedule(samples, batch, 5, 2);
                for (int epoch = 0; epoch < 2; epoch++)
                {
                    int next = 0;
                    for (int s = 0; s < schedule.StepsPerEpoch; s++)
                    {
                        StepPosition step = schedule.At(new StepNumber((epoch * schedule.StepsPerEpoch) + s));
                        Assert.Equal(epoch, step.Epoch);
                        Assert.Equal(next, step.FirstSample);
                        for (int m = 0; m < step.Microbatches.Count; m++)
                        {
                            int length = step.Microbatches.FirstSample(m + 1) - step.Microbatches.FirstSample(m);
                            Assert.InRange(length, 1, samples);
                            next += length;
                        }

                        Assert.Equal(s == schedule.StepsPerEpoch - 1, schedule.EndsEpoch(step.Step));
                    }

                    Assert.Equal(samples, next);
                }
            }
        }
    }
}
