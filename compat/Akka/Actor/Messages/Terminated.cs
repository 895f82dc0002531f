using Akka.Event;

namespace Akka.Actor;

/// <summary>Tells a watcher, once, that the watched actor has stopped. Not handling it is a <see cref="DeathPactException"/>.</summary>
public sealed class Terminated : IAutoReceivedMessage, IPossiblyHarmful, IDeadLetterSuppression, IEquatable<Terminated>
{
    public Terminated(IActorRef actorRef, bool existenceConfirmed, bool addressTerminated)
    {
        ActorRef = actorRef;
        ExistenceConfirmed = existenceConfirmed;
        AddressTerminated = addressTerminated;
    }

    public IActorRef ActorRef { get; }

    /// <summary>False when the actor was already gone when the watch began.</summary>
    public bool ExistenceConfirmed { get; }

    /// <summary>Always false: all actors are of this process.</summary>
    public bool AddressTerminated { get; }

    public bool Equals(Terminated? other) =>
        other is not null && Equals(ActorRef, other.ActorRef) && ExistenceConfirmed == other.ExistenceConfirmed;

    public override bool Equals(object? obj) => Equals(obj as Terminated);

    public override int GetHashCode() => ActorRef.GetHashCode();

    public override string ToString() => $"<Terminated>: {ActorRef} - ExistenceConfirmed={ExistenceConfirmed}";
}
