using Akka.Event;

namespace Akka.Actor.Internal;

internal sealed partial class ActorCell
{
    public IActorRef ActorOf(Props props, string? name = null)
    {
        if (name is not null && !ActorPath.IsValidPathElement(name))
            throw new InvalidActorNameException($"Illegal actor name [{name}]: letters, digits and some symbols, not beginning with '$'.");
        var path = self.Path.ChildWithUid(name ?? Children.NextName(), Interlocked.Increment(ref uids));
        var child = new LocalActorRef(System, props, System.Dispatchers.Lookup(props.Dispatcher), self, path);
        Children.Add(child);
        if (failedBy is not null && Current == this) child.Cell.Mailbox.Suspend();
        child.Cell.Start();
        return child;
    }

    public IActorRef Child(string name) => Children.Find(name)?.Child ?? (IActorRef)ActorRefs.Nobody;

    public IEnumerable<IActorRef> GetChildren() => [.. Children.All().Select(child => child.Child)];

    public void Stop(IActorRef child)
    {
        Children.ShallStop(child);
        ((InternalActorRef)child).Stop();
    }

    public void Start()
    {
        Dispatcher.Attach(this);
        Mailbox.EnqueueSystem(new Create());
    }

    private void StopChildren()
    {
        foreach (var child in Children.All()) Stop(child.Child);
    }

    private void SuspendChildren(IActorRef? except)
    {
        foreach (var child in Children.All())
        {
            if (!child.Child.Equals(except)) child.Child.SendSystemMessage(new Suspend());
        }
    }

    private void ResumeChildren(Exception? cause, IActorRef? perpetrator)
    {
        foreach (var child in Children.All())
            child.Child.SendSystemMessage(new Resume(child.Child.Equals(perpetrator) ? cause : null));
    }

    /// <summary>Asks the actor's strategy what to do. Escalating means failing with the child's exception.</summary>
    private void ChildFailed(Failed failed)
    {
        var interrupted = currentMessage;
        currentMessage = failed;
        sender = failed.Child;
        if (Children.Find(failed.Child) is not { } stats)
            Publish(new Debug(self.Path.ToString(), Props.Type, $"dropping {failed} from unknown child {failed.Child}"));
        else if (!actor!.Strategy.HandleFailure(this, stats, failed.Cause))
            global::System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failed.Cause);
        currentMessage = interrupted;
    }

    private void ChildTerminated(IActorRef child)
    {
        switch (Children.Remove(child))
        {
            case WaitReason.Recreation:
                FinishRecreate(Children.RecreationCause);
                break;
            case WaitReason.Creation:
                FinishCreate();
                break;
            case WaitReason.Termination:
                FinishTerminate();
                break;
        }
    }
}
