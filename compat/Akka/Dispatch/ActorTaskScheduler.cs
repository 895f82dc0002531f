using Akka.Actor.Internal;

namespace Akka.Dispatch;

/// <summary>Runs the continuations of an actor's asynchronous handlers as system messages of that actor.</summary>
internal sealed class ActorTaskScheduler(ActorCell cell) : TaskScheduler
{
    /// <summary>What the handler that is under way handles. There is at most one, since the mailbox is suspended meanwhile.</summary>
    private object? message;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Starts the action on the current actor, whose mailbox stays suspended until the task has ended.</summary>
    public static void RunTask(Func<Task> action)
    {
        var cell = ActorCell.Current ?? throw new InvalidOperationException("RunTask must be called from an actor context.");
        var scheduler = cell.TaskScheduler;
        scheduler.message = cell.CurrentMessage;
        cell.Mailbox.Suspend();
        Task<Task>.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.None, scheduler)
            .Unwrap()
            .ContinueWith(ended => scheduler.Finish(ended), scheduler);
    }

    public void Execute(Task task) => TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    protected override void QueueTask(Task task)
    {
        if (ActorCell.Current == cell) TryExecuteTask(task);
        else cell.Mailbox.EnqueueSystem(new RunContinuation(this, task, message));
    }

    /// <summary>A task that is queued from the actor's own thread has run by then.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    private void Finish(Task ended)
    {
        if (CauseOf(ended) is { } cause)
        {
            cell.Mailbox.EnqueueSystem(new HandlerFailed(cause, message));
            return;
        }

        cell.Mailbox.Resume();
        cell.CheckReceiveTimeout(true);
    }

    private static Exception? CauseOf(Task ended)
    {
        if (ended.IsCanceled) return new TaskCanceledException(ended);
        return ended.Exception is { InnerExceptions.Count: 1 } single ? single.InnerException : ended.Exception;
    }
}
