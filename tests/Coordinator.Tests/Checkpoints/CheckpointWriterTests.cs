using System.Collections.Concurrent;
using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Tests.Storage;

namespace Distributed.Coordinator.Tests.Checkpoints;

public sealed class CheckpointWriterTests
{
    private readonly MemoryRunStore store = new();
    private readonly ConcurrentQueue<CheckpointEvent> events = new();

    [Fact]
    public async Task Writes_what_was_handed_over_even_when_the_arrays_change_at_once()
    {
        CheckpointWriter writer = Writer();
        TrainingCheckpoint checkpoint = SampleCheckpoint.Make(1);
        writer.Save(checkpoint);
        Array.Clear(checkpoint.Weights);
        Array.Clear(checkpoint.Moments[0].Values);
        await writer.CompleteAsync();

        CheckpointFileTests.AssertSame(SampleCheckpoint.Make(1), new CheckpointCatalog(store).RequireNewest().Checkpoint!);
        Assert.Equal((CheckpointOutcome.Saved, 1), (Assert.Single(events).Outcome, events.Single().Step.Value));
        Assert.Equal(0, writer.Failures);
    }

    [Fact]
    public async Task Keeps_the_newest_three()
    {
        CheckpointWriter writer = Writer();
        for (int step = 1; step <= 6; step++)
        {
            writer.Save(SampleCheckpoint.Make(step));
            await writer.CompleteAsync();
        }

        Assert.Equal(["step-00000004.safetensors", "step-00000005.safetensors", "step-00000006.safetensors"], store.List("checkpoints"));
    }

    [Fact]
    public async Task While_one_is_written_the_newest_waits_and_the_trainer_does_not()
    {
        using var started = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        store.OnOperation = _ =>
        {
            started.Set();
            goOn.Wait();
        };
        CheckpointWriter writer = Writer();
        writer.Save(SampleCheckpoint.Make(1));
        started.Wait();
        writer.Save(SampleCheckpoint.Make(2));
        writer.Save(SampleCheckpoint.Make(3));
        Assert.Empty(store.List("checkpoints"));
        goOn.Set();
        await writer.CompleteAsync();

        Assert.Equal(["step-00000001.safetensors", "step-00000003.safetensors"], store.List("checkpoints"));
        Assert.Equal([(CheckpointOutcome.Superseded, 2), (CheckpointOutcome.Saved, 1), (CheckpointOutcome.Saved, 3)],
            events.Select(e => (e.Outcome, e.Step.Value)));
        CheckpointFileTests.AssertSame(SampleCheckpoint.Make(3), new CheckpointCatalog(store).RequireNewest().Checkpoint!);
    }

    [Fact]
    public async Task A_full_disk_is_told_counted_and_tried_again()
    {
        CheckpointWriter writer = Writer();
        writer.Save(SampleCheckpoint.Make(1));
        await writer.CompleteAsync();
        store.Capacity = store.Read("checkpoints/step-00000001.safetensors").Length + 100;
        writer.Save(SampleCheckpoint.Make(2));
        await writer.CompleteAsync();
        Assert.Equal(1, writer.Failures);
        Assert.Equal(["step-00000001.safetensors"], store.List("checkpoints"));
        Assert.Contains("No space left", events.Last().Text, StringComparison.Ordinal);

        store.Capacity = long.MaxValue;
        writer.Save(SampleCheckpoint.Make(3));
        await writer.CompleteAsync();
        Assert.Equal(1, writer.Failures);
        Assert.Equal(3, new CheckpointCatalog(store).RequireNewest().Checkpoint!.Position.Step.Value);
    }

    [Fact]
    public async Task An_unwritable_folder_is_told()
    {
        store.IsUnwritable = _ => true;
        CheckpointWriter writer = Writer();
        writer.Save(SampleCheckpoint.Make(1));
        await writer.CompleteAsync();
        Assert.Equal(CheckpointOutcome.Failed, Assert.Single(events).Outcome);
        Assert.Contains("denied", events.Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_one_that_cannot_be_removed_is_told_and_no_failure()
    {
        store.IsUnwritable = path => path == "checkpoints/step-00000001.safetensors" && store.Exists(path);
        CheckpointWriter writer = Writer(new CheckpointWriterOptions(Keep: 1));
        writer.Save(SampleCheckpoint.Make(1));
        await writer.CompleteAsync();
        writer.Save(SampleCheckpoint.Make(2));
        await writer.CompleteAsync();
        Assert.Equal([CheckpointOutcome.Saved, CheckpointOutcome.Saved, CheckpointOutcome.NotPruned], events.Select(e => e.Outcome));
        Assert.Equal(0, writer.Failures);
    }

    [Fact]
    public async Task What_a_checkpoint_relies_on_is_made_safe_before_it()
    {
        var safeBefore = new List<bool>();
        CheckpointWriter writer = Writer(new CheckpointWriterOptions(Prepare: () => safeBefore.Add(store.List("checkpoints").Count == 0)));
        writer.Save(SampleCheckpoint.Make(1));
        await writer.CompleteAsync();
        Assert.Equal([true], safeBefore);
        Assert.Single(store.List("checkpoints"));
    }

    [Fact]
    public async Task A_bug_reaches_the_trainer()
    {
        CheckpointWriter writer = Writer();
        writer.Save(SampleCheckpoint.Make(1) with { Weights = [1f] });
        await Assert.ThrowsAsync<Distributed.Numerics.CheckException>(writer.CompleteAsync);
        Assert.Throws<Distributed.Numerics.CheckException>(() => writer.Save(SampleCheckpoint.Make(2)));
    }

    [Fact]
    public void Uses_the_same_buffers_again()
    {
        var snapshot = new CheckpointSnapshot();
        snapshot.Capture(SampleCheckpoint.Make(1));
        float[] first = snapshot.Checkpoint!.Weights;
        float[] firstMoment = snapshot.Checkpoint.Moments[1].Values;
        snapshot.Capture(SampleCheckpoint.Make(2));
        Assert.Same(first, snapshot.Checkpoint.Weights);
        Assert.Same(firstMoment, snapshot.Checkpoint.Moments[1].Values);
        CheckpointFileTests.AssertSame(SampleCheckpoint.Make(2), snapshot.Checkpoint);
    }

    private CheckpointWriter Writer(CheckpointWriterOptions? options = null) => new(store, TimeProvider.System, events.Enqueue, options);
}
