using Akka.Actor.Internal;

namespace Akka.Dispatch;

/// <summary>Gives threads to mailboxes.</summary>
public abstract class MessageDispatcher
{
    private protected MessageDispatcher(string id, int throughput)
    {
        Id = id;
        Throughput = throughput;
    }

    public string Id { get; }

    /// <summary>Messages that one actor handles before it is another one's turn.</summary>
    public int Throughput { get; }

    internal abstract void Schedule(Mailbox mailbox);

    internal virtual void Attach(ActorCell cell)
    {
    }

    internal virtual void Detach(ActorCell cell)
    {
    }

    internal virtual void Stop()
    {
    }
}

/// <summary>Runs actors on the .NET thread pool.</summary>
internal sealed class ThreadPoolDispatcher(string id, int throughput) : MessageDispatcher(id, throughput)
{
    internal override void Schedule(Mailbox mailbox) => ThreadPool.UnsafeQueueUserWorkItem(mailbox, preferLocal: true);
}

/// <summary>Gives one actor a thread of its own, from its creation to its end.</summary>
internal sealed class PinnedDispatcher(string id, Func<DedicatedThreads> start) : MessageDispatcher(id, int.MaxValue)
{
    private DedicatedThreads? thread;

    internal override void Schedule(Mailbox mailbox) => thread!.Post(mailbox);

    internal override void Attach(ActorCell cell) => thread = start();

    internal override void Detach(ActorCell cell) => thread!.Stop();
}

/// <summary>Runs actors on threads that belong to this dispatcher alone.</summary>
internal sealed class ForkJoinDispatcher(string id, int throughput, Func<DedicatedThreads> start) : MessageDispatcher(id, throughput)
{
    private readonly Lazy<DedicatedThreads> threads = new(start);

    internal override void Schedule(Mailbox mailbox) => threads.Value.Post(mailbox);

    internal override void Stop()
    {
        if (threads.IsValueCreated) threads.Value.Stop();
    }
}
