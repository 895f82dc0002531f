namespace Akka.Actor.Internal;

/// <summary>The parent of all actors that the system itself creates. It supervises by the default strategy.</summary>
internal sealed class Guardian : UntypedActor
{
    protected override void OnReceive(object message) => Unhandled(message);
}

/// <summary>What stands above the guardian: when that stops or fails, the system ends.</summary>
internal sealed class RootRef(ActorSystem system, ActorPath path, Action guardianStopped) : InternalActorRef(path, system)
{
    public override void Tell(object message, IActorRef? sender) => System.PublishDeadLetter(message, sender, this);

    internal override void SendSystemMessage(SystemMessage message)
    {
        if (message is DeathWatchNotification) guardianStopped();
        if (message is Failed failed) failed.Child.Stop();
    }
}
