using Distributed.Coordinator.Storage;
using Distributed.Numerics;
using Distributed.Protocol;

namespace Distributed.Coordinator.Checkpoints;

/// <summary>
/// Writes checkpoints off the critical path: <see cref="Save"/> copies the arrays and returns. One is being written at a time and one may
/// wait;
/// a newer one takes the waiting one's place. A disk's fault never reaches the caller: it is reported, counted, and the next checkpoint
/// tries again.
/// </summary>
/// <param name="store">The run's folder.</param>
/// <param name="time">Measures the writes.</param>
/// <param name="report">Told what became of each checkpoint, on the writing thread.</param>
/// <param name="options">How many are kept, and whether each is read back.</param>
/// <param name="scheduler">Where the writing runs; the thread pool unless given.</param>
public sealed class CheckpointWriter(
    IRunStore store,
    TimeProvider time,
    Action<CheckpointEvent> report,
    CheckpointWriterOptions? options = null,
    TaskScheduler? scheduler = null)
{
    private readonly CheckpointWriterOptions options = options ?? new CheckpointWriterOptions();
    private readonly TaskScheduler scheduler = scheduler ?? TaskScheduler.Default;
    private readonly CheckpointCatalog catalog = new(store);
    private readonly Lock gate = new();
    private readonly Stack<CheckpointSnapshot> free = new([new CheckpointSnapshot(), new CheckpointSnapshot()]);
    private CheckpointSnapshot? waiting;
    private Task writing = Task.CompletedTask;
    private bool isWriting;
    private int failures;

    /// <summary>Checkpoints that could not be written so far. Above 0 the run's exit code is not 0.</summary>
    public int Failures => Volatile.Read(ref failures);

    /// <summary>
    /// Copies <paramref name="checkpoint"/> and sees to its writing. The caller may change the arrays as soon as this returns.
    /// </summary>
    public void Save(TrainingCheckpoint checkpoint)
    {
        StepNumber? superseded;
        lock (gate)
        {
            RethrowBug();
            superseded = waiting?.Checkpoint!.Position.Step;
            waiting ??= free.Pop();
            waiting.Capture(checkpoint);
            if (!isWriting)
            {
                isWriting = true;
                writing = Task.Factory.StartNew(WriteAll, CancellationToken.None, TaskCreationOptions.None, scheduler);
            }
        }

        if (superseded is { } step)
        {
            report(new CheckpointEvent(
                CheckpointOutcome.Superseded, step, $"The checkpoint of {step} was not written: a newer one was due before its turn came."));
        }
    }

    /// <summary>Completes when everything handed to <see cref="Save"/> so far is written or has failed.</summary>
    public Task CompleteAsync()
    {
        lock (gate)
        {
            return writing;
        }
    }

    /// <summary>
    /// A fault of the disk was reported; anything else that ended the writing is a bug, and the run must not go on without checkpoints.
    /// </summary>
    private void RethrowBug()
    {
        if (writing.IsFaulted)
        {
            writing.GetAwaiter().GetResult();
        }
    }

    private void WriteAll()
    {
        while (TakeWaiting() is { } snapshot)
        {
            try
            {
                Write(snapshot.Checkpoint!);
            }
            finally
            {
                Return(snapshot);
            }
        }
    }

    private CheckpointSnapshot? TakeWaiting()
    {
        lock (gate)
        {
            CheckpointSnapshot? taken = waiting;
            waiting = null;
            isWriting = taken is not null;
            return taken;
        }
    }

    private void Return(CheckpointSnapshot snapshot)
    {
        lock (gate)
        {
            free.Push(snapshot);
            Check.That(free.Count <= 2);
        }
    }

    private void Write(TrainingCheckpoint checkpoint)
    {
        StepNumber step = checkpoint.Position.Step;
        string path = CheckpointName.PathOf(step);
        long start = time.GetTimestamp();
        try
        {
            options.Prepare?.Invoke();
            long bytes = CheckpointFile.Write(store, path, checkpoint, options.Verify);
            TimeSpan duration = time.GetElapsedTime(start);
            report(new CheckpointEvent(CheckpointOutcome.Saved, step, $"Checkpoint {path} saved: {bytes} bytes in {duration.TotalSeconds:F3} s."));
        }
        catch (Exception exception) when (StoreFault.Is(exception))
        {
            Interlocked.Increment(ref failures);
            report(new CheckpointEvent(
                CheckpointOutcome.Failed,
                step,
                $"Checkpoint '{store.Locate(path)}' could not be written: {exception.Message} Training goes on; the next checkpoint tries again."));
            return;
        }

        Prune(step);
    }

    private void Prune(StepNumber step)
    {
        try
        {
            catalog.Prune(options.Keep);
        }
        catch (Exception exception) when (StoreFault.Is(exception))
        {
            report(new CheckpointEvent(CheckpointOutcome.NotPruned, step, $"An old checkpoint could not be removed: {exception.Message}"));
        }
    }
}

/// <summary>How a <see cref="CheckpointWriter"/> works.</summary>
/// <param name="Keep">Newest checkpoints to keep, at least 1.</param>
/// <param name="Verify">Read each back before it gets its name.</param>
/// <param name="Prepare">Runs on the writing thread before each: makes safe what a checkpoint relies on, such as the metrics up to
/// it.</param>
public sealed record CheckpointWriterOptions(int Keep = CheckpointCatalog.KeepDefault, bool Verify = false, Action? Prepare = null);
