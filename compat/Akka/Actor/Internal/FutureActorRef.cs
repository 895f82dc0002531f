namespace Akka.Actor.Internal;

/// <summary>The sender of an Ask: the first message it is told completes a task.</summary>
internal sealed class FutureActorRef<T>(TaskCompletionSource<T> result, ActorPath path, ActorSystem system) : InternalActorRef(path, system)
{
    public override void Tell(object message, IActorRef? sender)
    {
        var taken = message switch
        {
            null => result.TrySetResult(default!),
            Status.Failure failure when typeof(T) != typeof(Status.Failure) =>
                result.TrySetException(failure.Cause ?? new TaskCanceledException("The asked actor failed.")),
            T answer => result.TrySetResult(answer),
            _ => SetWrongType(message),
        };
        if (!taken && !result.Task.IsCanceled && message is not null) System.PublishDeadLetter(message, sender, this);
    }

    /// <summary>A stopped actor that was watched on behalf of this reference counts as an answer.</summary>
    internal override void SendSystemMessage(SystemMessage message)
    {
        if (message is DeathWatchNotification(var subject, var existed) && new Terminated(subject, existed, false) is T answer)
            result.TrySetResult(answer);
    }

    private bool SetWrongType(object message)
    {
        result.TrySetException(new ArgumentException(
            $"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]"));
        return true;
    }
}
