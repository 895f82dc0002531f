using Akka.Actor.Internal;

namespace Akka.Dispatch;

/// <summary>Gives one actor a thread of its own, from its creation to its end.</summary>
internal sealed class PinnedDispatcher : MessageDispatcher
{
    private readonly DedicatedThreads thread;

    public PinnedDispatcher(string id, DedicatedThreads thread)
        : base(id, int.MaxValue) => this.thread = thread;

    internal override void Schedule(Mailbox mailbox) => thread.Post(mailbox);

    internal override void Detach(ActorCell cell) => thread.Stop();
}
