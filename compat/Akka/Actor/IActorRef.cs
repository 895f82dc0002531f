using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>Something that takes messages.</summary>
public interface ICanTell
{
    /// <summary>Puts the message into the receiver's mailbox and returns at once. Safe from any thread.</summary>
    void Tell(object message, IActorRef? sender);
}

/// <summary>The handle of one actor. It stays valid, and harmless, after the actor has stopped.</summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable
{
    ActorPath Path { get; }
}

/// <summary>Sends that name no sender: the current actor is the sender, or nobody outside of an actor.</summary>
public static class ActorRefImplicitSenderExtensions
{
    public static void Tell(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.Current?.Self);

    /// <summary>Sends on, with the original sender kept.</summary>
    public static void Forward(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.Current?.Sender);
}
