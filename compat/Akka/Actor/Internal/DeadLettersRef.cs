using Akka.Event;

namespace Akka.Actor.Internal;

/// <summary>Where messages to stopped actors end: each is published as a <see cref="DeadLetter"/>.</summary>
internal sealed class DeadLettersRef(ActorSystem system, ActorPath path) : InternalActorRef(path, system)
{
    public override void Tell(object message, IActorRef? sender)
    {
        if (Envelope.Checked(message, sender).Message is DeadLetter letter) System.EventStream.Publish(letter);
        else Publish(message, sender, this);
    }

    public void Publish(object message, IActorRef? sender, IActorRef recipient)
    {
        if (message is not IDeadLetterSuppression) System.EventStream.Publish(new DeadLetter(message, sender ?? this, recipient));
    }
}
