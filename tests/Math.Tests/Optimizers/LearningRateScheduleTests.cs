using Distributed.Numerics.Optimizers;

namespace Distributed.Numerics.Tests.Optimizers;

public sealed class LearningRateScheduleTests
{
    private const int StepsPerEpoch = 7;
    private const int TotalSteps = 20 * StepsPerEpoch;

    [Fact]
    public void ConstantIsExactlyOneAtEveryStep() =>
        Assert.All(Factors(new LearningRateSchedule(ScheduleKind.Constant), warmup: 0), factor => Bits.AssertEqual(1.0, factor));

    [Fact]
    public void StepAndExponentialArePowersOfTheFactor()
    {
        double[] steps = Factors(new LearningRateSchedule(ScheduleKind.Step, 0.3f, EveryEpochs: 3), warmup: 0);
        double[] exponential = Factors(new LearningRateSchedule(ScheduleKind.Exponential, 0.9f), warmup: 0);
        for (int step = 0; step < TotalSteps; step++)
        {
            int epoch = step / StepsPerEpoch;
            AssertClose(Math.Pow(0.3f, epoch / 3), steps[step]);
            AssertClose(Math.Pow(0.9f, epoch), exponential[step]);
        }
    }

    [Theory]
    [InlineData(0f, 0)]
    [InlineData(0.25f, 0)]
    [InlineData(0f, 17)]
    [InlineData(0.25f, 17)]
    public void CosineAndLinearFallFromOneTowardsTheirFloor(float floor, int warmup)
    {
        double[] cosine = Factors(new LearningRateSchedule(ScheduleKind.Cosine, floor), warmup);
        double[] linear = Factors(new LearningRateSchedule(ScheduleKind.Linear, floor), warmup);
        for (int step = warmup; step < TotalSteps; step++)
        {
            double progress = (double)(step - warmup) / (TotalSteps - warmup);
            AssertClose(floor + ((1 - (double)floor) * (1 + Math.Cos(Math.PI * progress)) / 2), cosine[step]);
            AssertClose(floor + ((1 - (double)floor) * (1 - progress)), linear[step]);
            Assert.True(step == warmup || (cosine[step] < cosine[step - 1] && linear[step] < linear[step - 1]));
        }

        Assert.Equal(1.0, cosine[warmup]);
        Assert.Equal(1.0, linear[warmup]);
    }

    [Theory]
    [InlineData(ScheduleKind.Constant)]
    [InlineData(ScheduleKind.Cosine)]
    [InlineData(ScheduleKind.Linear)]
    public void WarmupRisesInEqualStepsToOne(ScheduleKind kind)
    {
        double[] factors = Factors(new LearningRateSchedule(kind), warmup: 10);
        for (int step = 0; step < 10; step++)
        {
            Assert.Equal((step + 1) / 10.0, factors[step]);
        }

        Assert.Equal(1.0, factors[10]);
    }

    [Fact]
    public void AWarmupLongerThanTheRunOnlyRises()
    {
        double[] factors = Factors(new LearningRateSchedule(ScheduleKind.Cosine), warmup: 2 * TotalSteps);
        Assert.Equal(0.5, factors[^1]);
        Assert.Equal(factors.Order(), factors);
    }

    [Fact]
    public void AStepOutsideTheRunIsRefused() =>
        Assert.Throws<CheckException>(() => new LearningRateSchedule(ScheduleKind.Constant).FactorAt(TotalSteps, 20, TotalSteps, 0));

    [Fact]
    public void HalfACosineIsWithinTwoUlpOfTheLibrarys()
    {
        for (int i = 0; i <= 10_000; i++)
        {
            double expected = (1 + Math.Cos(Math.PI * (i / 10_000.0))) / 2;
            Assert.Equal(expected, HalfCosine.Of(i / 10_000.0), 3e-16);
        }

        Assert.Equal(1.0, HalfCosine.Of(0));
        Assert.Equal(0.5, HalfCosine.Of(0.5));
        Assert.Equal(0.0, HalfCosine.Of(1));
    }

    private static double[] Factors(LearningRateSchedule schedule, int warmup) =>
        [.. Enumerable.Range(0, TotalSteps).Select(step => schedule.FactorAt(step, step / StepsPerEpoch, TotalSteps, warmup))];

    private static void AssertClose(double expected, double actual) => Assert.Equal(expected, actual, 1e-14);
}
