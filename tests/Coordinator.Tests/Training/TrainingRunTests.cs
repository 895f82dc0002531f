using Distributed.Coordinator.Training;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Training;

/// <summary>The run's decisions, with workers that answer by hand.</summary>
public sealed class TrainingRunTests
{
    private static readonly Incarnation First = new(1);

    [Fact]
    public void ARunOfEveryWorkerCountEndsWithTheSameBits()
    {
        float[] expected = RunFixture.Sequential();
        for (int workers = 1; workers <= 9; workers++)
        {
            var fixture = new RunFixture();
            fixture.JoinAll(workers);
            fixture.Run.Start();
            fixture.AnswerAll();
            Assert.Equal(RunEnd.Completed, fixture.Ended);
            RunFixture.AssertSameBits(expected, fixture.Weights);
        }
    }

    [Fact]
    public void AnswersInAnyOrderGiveTheSameBits()
    {
        float[] expected = RunFixture.Sequential();
        for (int seed = 0; seed < 20; seed++)
        {
            var fixture = new RunFixture();
            fixture.JoinAll(5);
            fixture.Run.Start();
            fixture.AnswerAll(new System.Random(seed));
            RunFixture.AssertSameBits(expected, fixture.Weights);
        }
    }

    [Fact]
    public void ALostWorkersMicrobatchesGoToTheOthersAtOnce()
    {
        var fixture = new RunFixture();
        fixture.JoinAll(3);
        fixture.Run.Start();
        Assert.Equal([(1, 0, 3), (2, 3, 3), (3, 6, 2)], fixture.TakeAssignments());
        fixture.Run.Lose(new WorkerId(2), First, "unplugged");
        Assert.Equal([(1, 3, 2), (3, 5, 1)], fixture.TakeAssignments());
        Assert.Contains(fixture.Events, e => e.Kind == "worker_lost" && e.Text.Contains("unplugged"));
    }

    [Fact]
    public void WhatALostWorkerSendsLateIsDropped()
    {
        var fixture = new RunFixture();
        fixture.JoinAll(2);
        fixture.Run.Start();
        fixture.TakeAssignments();
        fixture.Run.Lose(new WorkerId(1), First, "gone");
        fixture.Deliver(new WorkerId(1), First, new StepNumber(0), new MicrobatchRange(0, 4));
        fixture.Deliver(new WorkerId(2), First, new StepNumber(0), new MicrobatchRange(4, 4));
        Assert.Equal(0, fixture.Run.Position.Next.Value);
        fixture.Deliver(new WorkerId(2), First, new StepNumber(0), new MicrobatchRange(0, 4));
        Assert.Equal(1, fixture.Run.Position.Next.Value);
    }

    [Fact]
    public void ADuplicateIsNotCountedTwice()
    {
        var fixture = new RunFixture();
        fixture.JoinAll(2);
        fixture.Run.Start();
        fixture.Deliver(new WorkerId(1), First, new StepNumber(0), new MicrobatchRange(0, 4));
        fixture.Deliver(new WorkerId(1), First, new StepNumber(0), new MicrobatchRange(0, 4));
        fixture.Deliver(new WorkerId(1), First, new StepNumber(0), new MicrobatchRange(0, 2));
        Assert.Equal(0, fixture.Run.Position.Next.Value);
        fixture.Deliver(new WorkerId(2), First, new StepNumber(0), new MicrobatchRange(4, 4));
        Assert.Equal(1, fixture.Run.Position.Next.Value);
        fixture.AnswerAll();
        RunFixture.AssertSameBits(RunFixture.Sequential(), fixture.Weights);
    }

    [Fact]
    public void WithoutAWorkerTheRunWaitsAndGoesOnWhenOneJoins()
    {
        var fixture = new RunFixture();
        fixture.JoinAll(1);
        fixture.Run.Start();
        fixture.Run.Lose(new WorkerId(1), First, "gone");
        Assert.Contains(fixture.Events, e => e.Kind == "no_worker");
        fixture.TakeAssignments();
        fixture.Join(1, 2);
        Assert.Equal([(1, 0, 8)], fixture.TakeAssignments(keep: true));
        fixture.Deliver(new WorkerId(1), First, new StepNumber(0), new MicrobatchRange(0, 8));
        Assert.Equal(0, fixture.Run.Position.Next.Value);
        fixture.AnswerAll();
        RunFixture.AssertSameBits(RunFixture.Sequential(), fixture.Weights);
    }

    /// <summary>Worker processes take a second to start: that is no reason for a warning.</summary>
    [Fact]
    public void WaitingForTheFirstWorkerIsSaidInOtherWordsThanHavingLostTheLast()
    {
        var fixture = new RunFixture();
        fixture.Run.Start();
        fixture.Run.Tick(TimeSpan.Zero);
        fixture.Run.Tick(TimeSpan.FromSeconds(1.1));
        RunEvent happened = Assert.Single(fixture.Events);
        Assert.Equal(("no_worker_yet", "step 0: waiting 1.1 s for the first worker to join"), (happened.Kind, happened.Text));
        fixture.Join(1, 1);
        fixture.Run.Lose(new WorkerId(1), First, "gone");
        fixture.Run.Tick(TimeSpan.FromSeconds(10));
        Assert.DoesNotContain(fixture.Events.Skip(1), e => e.Kind == "no_worker_yet");
        Assert.Contains(fixture.Events, e => e.Kind == "no_worker" && e.Text.EndsWith("none is there", StringComparison.Ordinal));
    }

    [Fact]
    public void ANewWorkerIsUsedFromTheNextStep()
    {
        var fixture = new RunFixture();
        fixture.JoinAll(1);
        fixture.Run.Start();
        fixture.Join(2, 1);
        Assert.Equal([(1, 0, 8)], fixture.TakeAssignments());
        fixture.Deliver(new WorkerId(1), First, new StepNumber(0), new MicrobatchRange(0, 8));
        Assert.Equal([(1, 0, 4), (2, 4, 4)], fixture.TakeAssignments());
    }

    [Fact]
    public void AStopEndsAfterTheOpenStepWithACheckpoint()
    {
        var fixture = new RunFixture();
        fixture.JoinAll(1);
        fixture.Run.Start();
        fixture.Run.Stop("asked to");
        Assert.Null(fixture.Ended);
        fixture.Deliver(new WorkerId(1), First, new StepNumber(0), new MicrobatchRange(0, 8));
        Assert.Equal(RunEnd.Stopped, fixture.Ended);
        Assert.Equal([1], fixture.Checkpoints);
    }

    [Fact]
    public void AStoppedRunResumedAtAnyStepEndsWithTheSameBits()
    {
        float[] expected = RunFixture.Sequential();
        for (int stopAt = 0; stopAt < RunFixture.TotalSteps - 1; stopAt++)
        {
            var first = new RunFixture();
            first.JoinAll(2);
            first.Run.Start();
            first.AnswerUntil(stopAt);
            first.Run.Stop("test");
            first.AnswerAll();
            Assert.Equal(RunEnd.Stopped, first.Ended);

            RunFixture resumed = first.Resume();
            resumed.JoinAll(3);
            resumed.Run.Start();
            resumed.AnswerAll();
            RunFixture.AssertSameBits(expected, resumed.Weights);
            Assert.Equal(RunFixture.TotalSteps, resumed.Run.Position.Next.Value);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void APausedRunStopsWhereItIsToldAndGoesOnToTheSameBits(int after)
    {
        var paused = new RunFixture(pauseAfter: new StepNumber(after));
        paused.JoinAll(2);
        paused.Run.Start();
        paused.AnswerAll();
        Assert.Equal(RunEnd.Stopped, paused.Ended);
        Assert.Equal(after, paused.Run.Position.Next.Value);
        Assert.Equal(after, paused.Checkpoints[^1]);

        RunFixture resumed = paused.Resume();
        resumed.JoinAll(3);
        resumed.Run.Start();
        resumed.AnswerAll();
        Assert.Equal(RunEnd.Completed, resumed.Ended);
        RunFixture.AssertSameBits(RunFixture.Sequential(), resumed.Weights);
    }

    [Fact]
    public void APauseAtTheEndIsTheEnd()
    {
        var fixture = new RunFixture(pauseAfter: new StepNumber(RunFixture.TotalSteps));
        fixture.JoinAll(2);
        fixture.Run.Start();
        fixture.AnswerAll();
        Assert.Equal(RunEnd.Completed, fixture.Ended);
    }

    [Theory]
    [InlineData(0, new[] { 3, 6 })]
    [InlineData(2, new[] { 2, 3, 4, 6 })]
    [InlineData(4, new[] { 3, 4, 6 })]
    public void CheckpointsComeAtEachEpochsEndAndEveryNSteps(int every, int[] expected)
    {
        var fixture = new RunFixture(checkpointEverySteps: every);
        fixture.JoinAll(1);
        fixture.Run.Start();
        fixture.AnswerAll();
        Assert.Equal(expected, fixture.Checkpoints);
    }

    [Fact]
    public void WhenWhoWasAskedNextHangsAsWellAThirdIsAsked()
    {
        var fixture = new RunFixture();
        fixture.JoinAll(3);
        fixture.Run.Start();
        fixture.TakeAssignments();
        var second = new WorkerId(2);
        fixture.Run.Tick(TimeSpan.Zero);
        fixture.Deliver(second, First, new StepNumber(0), new MicrobatchRange(3, 1));
        fixture.Deliver(second, First, new StepNumber(0), new MicrobatchRange(4, 2));
        fixture.Run.Tick(TimeSpan.FromSeconds(2.1));
        Assert.Equal([(2, 0, 3), (2, 6, 2)], fixture.TakeAssignments());
        fixture.Deliver(new WorkerId(3), First, new StepNumber(0), new MicrobatchRange(6, 2));
        fixture.Run.Tick(TimeSpan.FromSeconds(3.9));
        Assert.Empty(fixture.TakeAssignments());
        fixture.Run.Tick(TimeSpan.FromSeconds(4.1));
        Assert.Equal([(3, 0, 3)], fixture.TakeAssignments());
        fixture.Deliver(new WorkerId(3), First, new StepNumber(0), new MicrobatchRange(0, 2));
        fixture.Deliver(new WorkerId(3), First, new StepNumber(0), new MicrobatchRange(2, 1));
        Assert.Equal(1, fixture.Run.Position.Next.Value);
        fixture.AnswerAll();
        RunFixture.AssertSameBits(RunFixture.Sequential(), fixture.Weights);
    }

    /// <summary>The wait for a worker that hangs was taken for a step's usual duration, and each step waited four times as long as the one before.</summary>
    [Fact]
    public void AWorkerThatHangsForGoodDoesNotMakeEachStepWaitLonger()
    {
        var fixture = new RunFixture();
        fixture.JoinAll(2);
        fixture.Run.Start();
        TimeSpan now = TimeSpan.Zero;
        for (int tick = 0; fixture.Ended is null; tick++)
        {
            Assert.True(tick < 20 + (RunFixture.TotalSteps * 5), "the waits grow");
            fixture.Run.Tick(now);
            now += TimeSpan.FromSeconds(0.1);
            foreach ((int worker, int first, int count) in fixture.TakeAssignments().Where(assigned => assigned.Item1 == 2))
            {
                MicrobatchRange rest = new(first, count);
                while (rest.Count > 0)
                {
                    MicrobatchRange node = ReductionTree.LargestNode(rest, fixture.Microbatches);
                    fixture.Deliver(new WorkerId(worker), First, fixture.Run.Position.Next, node);
                    rest = new MicrobatchRange(node.End, rest.Count - node.Count);
                }
            }
        }

        RunFixture.AssertSameBits(RunFixture.Sequential(), fixture.Weights);
    }

    [Fact]
    public void ANonFiniteGradientEndsTheRunAndNamesStepTensorAndWorker()
    {
        var fixture = new RunFixture();
        fixture.JoinAll(2);
        fixture.Run.Start();
        fixture.Deliver(new WorkerId(2), First, new StepNumber(0), new MicrobatchRange(4, 4));
        fixture.Deliver(new WorkerId(1), First, new StepNumber(0), new MicrobatchRange(0, 4), notFiniteAt: 7);
        Assert.Equal(RunEnd.Failed, fixture.Ended);
        Assert.Contains("step 0", fixture.EndReason);
        Assert.Contains("b1", fixture.EndReason);
        Assert.Contains("worker-1", fixture.EndReason);
        Assert.Empty(fixture.Checkpoints);
    }

    [Fact]
    public void EpochSumsAreExact()
    {
        var fixture = new RunFixture();
        fixture.JoinAll(3);
        fixture.Run.Start();
        fixture.AnswerAll();
        Assert.Equal([1, 2], fixture.Epochs.Select(e => e.Epoch));
        Assert.All(fixture.Epochs, e => Assert.Equal(RunFixture.Samples, e.Training.Samples));
    }
}
