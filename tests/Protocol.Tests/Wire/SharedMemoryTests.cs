using System.Runtime.Versioning;
using Distributed.Numerics.Models;
using Distributed.Numerics.Reduction;
using Distributed.Protocol.SharedMemory;

namespace Distributed.Protocol.Tests.Wire;

/// <summary>Memory shared between processes, both ends of it in this one.</summary>
[SupportedOSPlatform("linux")]
public sealed class SharedMemoryTests
{
    private const int Parameters = 1000;
    private const ulong Key = 0xC0FFEE;

    [Fact]
    public void AssignmentsAndPartialsGoThereAndBack()
    {
        RequireSupport();
        using SharedRun run = SharedRun.Create(SharedFolder.NewPath(), Parameters, Key);
        var coordinator = new CoordinatorChannel(SharedFolder.NewPath(), Parameters, Key, new PartialPool(Parameters));
        using SharedRun mapped = SharedRun.Open(run.Path, Parameters, Key);
        using var worker = new WorkerChannel(coordinator.Path, Parameters, Key, mapped.Bell);
        var echo = new Thread(() => Echo(worker));
        echo.Start();
        var held = new List<Partial>();
        for (int step = 0; step < 500; step++)
        {
            int seen = run.Bell.Rings;
            Assert.True(coordinator.TryAssign(new Assignment(new StepNumber(step), new WeightsVersion(step), new MicrobatchRange(step % 8, 1))));
            Partial? partial;
            while ((partial = coordinator.TryCollect(new WorkerId(2), new Incarnation(4))) is null)
            {
                run.Bell.Wait(seen, 1000);
            }

            Assert.Equal((step, step % 8, (float)step), (partial.Step.Value, partial.Node.First, partial.Gradient[Parameters - 1]));
            Assert.Equal(new PartialStatistics(step * 0.5, 1, 2), partial.Statistics);
            held.Add(partial);
            if (held.Count == 7)
            {
                // More are held than there are slots: the worker must not wait for ever, and what is held must stay as it is.
                Assert.All(held, kept => Assert.Equal(kept.Step.Value, kept.Gradient[0]));
                held.ForEach(kept => kept.Return());
                held.Clear();
            }
        }

        coordinator.Close();
        Assert.True(echo.Join(TimeSpan.FromSeconds(10)));
        Assert.False(File.Exists(coordinator.Path));
        Assert.All(held, kept => Assert.Equal(kept.Step.Value, kept.Gradient[0]));
        held.ForEach(kept => kept.Return());
    }

    [Fact]
    public void AnotherFileIsNotTakenForTheRightOne()
    {
        RequireSupport();
        using SharedRun run = SharedRun.Create(SharedFolder.NewPath(), Parameters, Key);
        Assert.Throws<IOException>(() => SharedRun.Open(run.Path, Parameters, Key + 1));
        Assert.Throws<IOException>(() => SharedRun.Open(run.Path, Parameters + 1, Key));
        Assert.ThrowsAny<IOException>(() => SharedRun.Open(run.Path + "x", Parameters, Key));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(run.Path));
    }

    [Fact]
    public void WhatIsLeftBehindIsRemovedAndWhatIsInUseIsNot()
    {
        RequireSupport();
        string stale = SharedFolder.NewPath();
        File.WriteAllText(stale, "left by a killed coordinator");
        using SharedRun run = SharedRun.Create(SharedFolder.NewPath(), Parameters, Key);
        Assert.True(SharedFolder.RemoveStale() >= 1);
        Assert.False(File.Exists(stale));
        Assert.True(File.Exists(run.Path));
    }

    [Fact]
    public void AWorkerThatIsFarBehindIsNoticed()
    {
        RequireSupport();
        var coordinator = new CoordinatorChannel(SharedFolder.NewPath(), Parameters, Key, new PartialPool(Parameters));
        var assignment = new Assignment(new StepNumber(1), new WeightsVersion(1), new MicrobatchRange(0, 1));
        int taken = 0;
        while (coordinator.TryAssign(assignment))
        {
            Assert.True(++taken < 10_000);
        }

        Assert.True(taken > 100);
        coordinator.Close();
        Assert.True(coordinator.TryAssign(assignment));
    }

    private static void Echo(WorkerChannel worker)
    {
        while (worker.Take() is { } assignment && worker.Rent() is { } partial)
        {
            partial.Address(new WorkerId(2), new Incarnation(4), assignment.Step, assignment.Microbatches);
            partial.Gradient.Fill(assignment.Step.Value);
            partial.Statistics = new PartialStatistics(assignment.Step.Value * 0.5, 1, 2);
            worker.Deliver(partial);
        }
    }

    private static void RequireSupport()
    {
        if (!SharedFolder.IsSupported)
        {
            Assert.Skip("this system has no shared memory that the program uses; it uses the network there");
        }
    }
}
