using Akka.Actor;

namespace Distributed.Coordinator.Transport;

/// <summary>What every link of a run uses.</summary>
/// <param name="Offer">The run.</param>
/// <param name="Coordinator">Where partials and news go.</param>
/// <param name="StartProxy">Starts the actor that stands for a link.</param>
/// <param name="Report">Tells people.</param>
/// <param name="Time">The clock.</param>
internal sealed record LinkContext(
    RunOffer Offer, IActorRef Coordinator, Func<WorkerLink, IActorRef> StartProxy, Action<string> Report, TimeProvider Time);
