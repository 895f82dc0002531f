using Akka.Dispatch;

namespace Akka.Actor.Internal;

/// <summary>The reference to an actor of this process.</summary>
internal sealed class LocalActorRef : InternalActorRef
{
    public LocalActorRef(ActorSystem system, Props props, MessageDispatcher dispatcher, InternalActorRef parent, ActorPath path)
        : base(path, system) => Cell = new ActorCell(this, props, dispatcher, parent);

    public ActorCell Cell { get; }

    public override void Tell(object message, IActorRef? sender) => Cell.Mailbox.Enqueue(Envelope.Checked(message, sender));

    internal override void SendSystemMessage(SystemMessage message) => Cell.Mailbox.EnqueueSystem(message);
}
