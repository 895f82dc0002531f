using Akka.Actor.Internal;

namespace Akka.Dispatch;

/// <summary>Gives one actor a thread of its own, from its creation to its end.</summary>
internal sealed class PinnedDispatcher : MessageDispatcher
{
    private readonly Func<DedicatedThreads> start;
    private DedicatedThreads? thread;

    public PinnedDispatcher(string id, Func<DedicatedThreads> start)
        : base(id, int.MaxValue) => this.start = start;

    internal override void Schedule(Mailbox mailbox) => thread!.Post(mailbox);

    internal override void Attach(ActorCell cell) => thread = start();

    internal override void Detach(ActorCell cell) => thread!.Stop();
}
