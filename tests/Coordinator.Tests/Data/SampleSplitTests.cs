using Distributed.Coordinator.Data;
using Distributed.Protocol;
using FsCheck;
using FsCheck.Fluent;

namespace Distributed.Coordinator.Tests.Data;

public sealed class SampleSplitTests
{
    [Theory]
    [InlineData(0, 0, 100, 0)]
    [InlineData(0, 0.1, 90, 10)]
    [InlineData(0, 0.29, 71, 29)]
    [InlineData(0, 0.005, 99, 1)]
    [InlineData(0, 1, 99, 1)]
    [InlineData(42, 10, 32, 10)]
    [InlineData(42, 0.5, 21, 21)]
    [InlineData(100, 99, 1, 99)]
    public void CountsAreWhatTheRecipeSays(int trainSamples, double validation, int training, int held)
    {
        SampleSplit split = SampleSplit.Of(Recipe(trainSamples, validation), 100);
        Assert.Equal(training, split.Training.Length);
        Assert.Equal(held, split.Validation.Length);
    }

    [Fact]
    public void EverySampleIsOnOneSideInTheFilesOrder()
    {
        Gen<(int Samples, int Held, int Seed)> cases = from samples in Gen.Choose(1, 300)
                                                       from held in Gen.Choose(0, samples - 1)
                                                       from seed in Gen.Choose(0, int.MaxValue)
                                                       select (samples, held, seed);
        Prop.ForAll(cases.ToArbitrary(), given =>
        {
            SampleSplit split = SampleSplit.Of(Recipe(0, given.Held, (ulong)given.Seed), given.Samples);
            Assert.Equal(given.Held, split.Validation.Length);
            Assert.Equal(split.Training.Order(), split.Training);
            Assert.Equal(split.Validation.Order(), split.Validation);
            Assert.Equal(Enumerable.Range(0, given.Samples), split.Training.Concat(split.Validation).Order());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void TheDrawDependsOnTheSeedAlone()
    {
        int[] drawn = SampleSplit.Of(Recipe(0, 10), 1000).Validation;
        Assert.Equal(drawn, SampleSplit.Of(Recipe(0, 10) with { Hidden = [3], Epochs = 99, BatchSize = 7 }, 1000).Validation);
        Assert.NotEqual(drawn, SampleSplit.Of(Recipe(0, 10, seed: 2), 1000).Validation);
    }

    /// <summary>Over many seeds every sample is held out about equally often.</summary>
    [Fact]
    public void NoSampleIsPreferred()
    {
        const int Seeds = 4000;
        int[] times = new int[20];
        for (int seed = 0; seed < Seeds; seed++)
        {
            foreach (int sample in SampleSplit.Of(Recipe(0, 5, (ulong)seed), times.Length).Validation)
            {
                times[sample]++;
            }
        }

        // Binomial with p = 1/4: the mean is 1000, six standard deviations are 164.
        Assert.All(times, count => Assert.InRange(count, 836, 1164));
    }

    [Fact]
    public void SplitsThatLeaveNothingAreNamed()
    {
        Bad.Input(() => SampleSplit.Of(Recipe(101, 0), 100), "--train-samples 101", "1 to 100");
        Bad.Input(() => SampleSplit.Of(Recipe(-1, 0), 100), "--train-samples -1", "1 to 100");
        Bad.Input(() => SampleSplit.Of(Recipe(0, 100), 100), "--validation-split 100", "100 training samples", "none would be left");
        Bad.Input(() => SampleSplit.Of(Recipe(50, 50), 100), "--validation-split 50", "50 training samples", "none would be left");
        Bad.Input(() => SampleSplit.Of(Recipe(0, 0.99), 10), "--validation-split 0.99", "none would be left");
        Bad.Input(() => SampleSplit.Of(Recipe(0, 1e300), 10), "none would be left");
        Bad.Input(() => SampleSplit.Of(Recipe(0, 0.001), 100), "--validation-split 0.001", "less than one of 100");
        Bad.Input(() => SampleSplit.Of(Recipe(0, -0.5), 100), "--validation-split -0.5", "share");
        Bad.Input(() => SampleSplit.Of(Recipe(0, 1.5), 100), "--validation-split 1.5", "whole number");
        Bad.Input(() => SampleSplit.Of(Recipe(0, double.NaN), 100), "--validation-split NaN");
    }

    private static Recipe Recipe(int trainSamples, double validation, ulong seed = 1) =>
        new() { Name = "test", TrainSamples = trainSamples, ValidationSplit = validation, Seed = seed };
}
