using Distributed.Numerics.Models;
using Distributed.Protocol.Datasets;
using Distributed.Protocol.Wire;
using Distributed.Protocol.Wire.Messages;

namespace Distributed.Protocol.Tests.Wire;

/// <summary>A worker is told of a run exactly what the arithmetic depends on.</summary>
public sealed class RunCodecTests
{
    [Fact]
    public void EverythingTheArithmeticNeedsArrives()
    {
        RunDescription run = Description([3, 1, 7]);
        RunDescription read = RunCodec.Decode(Run.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(RunCodec.Encode(run))));
        Assert.Equal(run.Scale, read.Scale);
        Assert.Equal(run.TrainingSamples, read.TrainingSamples);
        Assert.Equal(run.Shape.Hidden, read.Shape.Hidden);
        Assert.Equal(run.Shape with { Hidden = read.Shape.Hidden }, read.Shape);
        Assert.Equal(
            (run.Recipe.Seed, run.Recipe.Microbatches, run.Recipe.BatchSize, run.Recipe.LabelSmoothing, run.Schedule.TotalSteps),
            (read.Recipe.Seed, read.Recipe.Microbatches, read.Recipe.BatchSize, read.Recipe.LabelSmoothing, read.Schedule.TotalSteps));
        Assert.Equal([0, 1, 2, 3], RunCodec.Decode(RunCodec.Encode(Description([0, 1, 2, 3]))).TrainingSamples);
    }

    [Fact]
    public void WhatNoRunCanBeIsRefused()
    {
        Action<Run>[] wrongs =
        [
            run => run.Features = 0,
            run => run.Features = int.MaxValue,
            run => run.Classes = 1,
            run => run.Hidden[0] = -5,
            run => run.Hidden.Add(int.MaxValue),
            run => run.Activation = 99,
            run => run.Dropout = 1,
            run => run.Dropout = float.NaN,
            run => run.LabelSmoothing = 1,
            run => run.LabelSmoothing = float.NaN,
            run => run.Microbatches = 0,
            run => run.Epochs = 0,
            run => run.TrainingSampleCount = int.MaxValue,
            run => run.TrainingSampleCount = 2,
        ];
        foreach (Action<Run> wrong in wrongs)
        {
            Run run = RunCodec.Encode(Description([3, 1, 7]));
            wrong(run);
            Assert.Throws<WireException>(() => RunCodec.Decode(run));
        }
    }

    private static RunDescription Description(int[] samples)
    {
        var recipe = new Recipe
        {
            Name = "x",
            Hidden = [5, 4],
            Activation = Activation.Tanh,
            Dropout = 0.25f,
            LabelSmoothing = 0.15f,
            Seed = ulong.MaxValue,
            BatchSize = 2,
            Microbatches = 2,
        };
        return new RunDescription(recipe, new FeatureScale(0.5f, 1f / 255), recipe.ShapeFor(6, 3), samples);
    }
}
