namespace Distributed.Simulation.Engine;

/// <summary>The simulated twin of the thread pool: a task runs as one event of the loop, some time after it was started.</summary>
/// <param name="loop">Where it runs.</param>
/// <param name="delay">How long a task waits for its thread.</param>
/// <param name="isAlive">False once the process is dead: its tasks never run.</param>
/// <param name="ran">Told of every task that ran.</param>
public sealed class VirtualScheduler(EventLoop loop, Func<TimeSpan> delay, Func<bool> isAlive, Action<Task> ran) : TaskScheduler
{
    public override int MaximumConcurrencyLevel => 1;

    protected override void QueueTask(Task task) => loop.After(delay(), () =>
    {
        if (isAlive())
        {
            TryExecuteTask(task);
            ran(task);
        }
    });

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
