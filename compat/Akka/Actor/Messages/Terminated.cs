using Akka.Event;

namespace Akka.Actor;

/// <summary>Tells a watcher, once, that the watched actor has stopped. Not handling it is a <see cref="DeathPactException"/>.</summary>
public sealed class Terminated(IActorRef actorRef, bool existenceConfirmed, bool addressTerminated)
    : IAutoReceivedMessage, IPossiblyHarmful, IDeadLetterSuppression
{
    public IActorRef ActorRef => actorRef;

    /// <summary>False when the actor was already gone when the watch began.</summary>
    public bool ExistenceConfirmed => existenceConfirmed;

    /// <summary>Always false: all actors are of this process.</summary>
    public bool AddressTerminated => addressTerminated;

    public override string ToString() => $"<Terminated>: {ActorRef} - ExistenceConfirmed={ExistenceConfirmed}";
}
