namespace Akka.Actor.Internal;

internal sealed partial class ActorCell
{
    private readonly HashSet<InternalActorRef> watchers = [];

    /// <summary>Whom the actor watches, with the message it wants in place of Terminated.</summary>
    private readonly Dictionary<IActorRef, object?> watching = [];

    /// <summary>Whose Terminated is in the mailbox; to be dropped on arrival if Unwatch takes it out of here.</summary>
    private readonly Dictionary<IActorRef, object?> terminatedQueued = [];

    public IActorRef Watch(IActorRef subject) => WatchFor(subject, null);

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return WatchFor(subject, message);
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (watching.Remove(subject)) ((InternalActorRef)subject).SendSystemMessage(new Unwatch(self));
        terminatedQueued.Remove(subject);
        return subject;
    }

    private IActorRef WatchFor(IActorRef subject, object? message)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (!subject.Equals(self) && watching.TryAdd(subject, message)) ((InternalActorRef)subject).SendSystemMessage(new Watch(self));
        return subject;
    }

    private void AddWatcher(InternalActorRef watcher) => watchers.Add(watcher);

    private void RemoveWatcher(InternalActorRef watcher) => watchers.Remove(watcher);

    /// <summary>The Terminated goes through the mailbox, behind the messages that the actor had sent before it stopped.</summary>
    private void ActorTerminated(DeathWatchNotification notification)
    {
        var (subject, existenceConfirmed) = notification;
        if (watching.Remove(subject, out var message) && !Children.IsTerminating)
        {
            terminatedQueued[subject] = message;
            self.Tell(new Terminated(subject, existenceConfirmed, false), subject);
        }

        if (Children.Find(subject) is not null) ChildTerminated(subject);
    }

    private void ReceiveTerminated(Terminated terminated)
    {
        if (!terminatedQueued.Remove(terminated.ActorRef, out var message)) return;
        actor!.Dispatch(behaviors.Peek(), message ?? terminated);
    }

    /// <summary>The parent hears of it in any case, as of every child.</summary>
    private void TellWatchers()
    {
        parent.SendSystemMessage(new DeathWatchNotification(self, true));
        foreach (var watcher in watchers)
        {
            if (!watcher.Equals(parent)) watcher.SendSystemMessage(new DeathWatchNotification(self, true));
        }

        watchers.Clear();
    }

    private void UnwatchAll()
    {
        foreach (var subject in watching.Keys) ((InternalActorRef)subject).SendSystemMessage(new Unwatch(self));
        watching.Clear();
        terminatedQueued.Clear();
    }
}
