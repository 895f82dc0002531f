using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.Dispatch;

/// <summary>
/// The messages of one actor. User messages leave in the order they came; system messages overtake them.
/// While there is something to do the mailbox is with its dispatcher exactly once, so one thread at most runs it.
/// </summary>
internal sealed class Mailbox(ActorCell cell, MessageDispatcher dispatcher) : IThreadPoolWorkItem
{
    private readonly Lock gate = new();
    private Ring<Envelope> user = new();
    private Ring<SystemMessage> system = new();
    private int suspensions;
    private bool scheduled;
    private bool closed;

    public bool IsSuspended => Volatile.Read(ref suspensions) > 0;

    public bool IsClosed => Volatile.Read(ref closed);

    private bool HasWork => system.Count > 0 || (user.Count > 0 && suspensions == 0);

    public void Enqueue(in Envelope envelope)
    {
        bool isDead;
        lock (gate)
        {
            isDead = closed;
            if (!isDead)
            {
                user.AddLast(envelope);
                if (!TrySchedule()) return;
            }
        }

        if (isDead) cell.System.PublishDeadLetter(envelope.Message, envelope.Sender, cell.Self);
        else dispatcher.Schedule(this);
    }

    public void EnqueueSystem(SystemMessage message)
    {
        bool isDead;
        lock (gate)
        {
            isDead = closed;
            if (!isDead)
            {
                system.AddLast(message);
                if (!TrySchedule()) return;
            }
        }

        if (isDead) AnswerForTheDead(message);
        else dispatcher.Schedule(this);
    }

    public void Prepend(ReadOnlySpan<Envelope> envelopes)
    {
        lock (gate)
        {
            for (var i = envelopes.Length - 1; i >= 0; i--) user.AddFirst(envelopes[i]);
        }
    }

    public void PrependSystem(ReadOnlySpan<SystemMessage> messages)
    {
        if (closed)
        {
            foreach (var message in messages) AnswerForTheDead(message);
            return;
        }

        lock (gate)
        {
            for (var i = messages.Length - 1; i >= 0; i--) system.AddFirst(messages[i]);
        }
    }

    /// <summary>Suspensions count: user messages wait until each has been undone.</summary>
    public void Suspend()
    {
        lock (gate) suspensions++;
    }

    public void Resume()
    {
        lock (gate)
        {
            if (suspensions > 0) suspensions--;
            if (!TrySchedule()) return;
        }

        dispatcher.Schedule(this);
    }

    /// <summary>From now on, and for what is still in the mailbox: dead letters.</summary>
    public void Close()
    {
        lock (gate) closed = true;
        while (system.Count > 0) AnswerForTheDead(system.RemoveFirst());
        while (user.Count > 0)
        {
            var envelope = user.RemoveFirst();
            cell.System.PublishDeadLetter(envelope.Message, envelope.Sender, cell.Self);
        }
    }

    public void Execute()
    {
        var before = ActorCell.Current;
        ActorCell.Current = cell;
        try
        {
            if (!RunUntilIdleOrSpent()) return;
        }
        finally
        {
            ActorCell.Current = before;
        }

        dispatcher.Schedule(this);
    }

    /// <returns>True if the dispatcher's throughput is spent and there is more to do.</returns>
    private bool RunUntilIdleOrSpent()
    {
        var left = dispatcher.Throughput;
        while (true)
        {
            SystemMessage? systemMessage = null;
            Envelope envelope = default;
            lock (gate)
            {
                if (!HasWork) return scheduled = false;
                if (system.Count > 0) systemMessage = system.RemoveFirst();
                else if (left-- > 0) envelope = user.RemoveFirst();
                else return true;
            }

            if (systemMessage is not null) cell.InvokeSystem(systemMessage);
            else cell.Invoke(envelope);
        }
    }

    private bool TrySchedule()
    {
        if (scheduled || !HasWork) return false;
        return scheduled = true;
    }

    /// <summary>Who watches an actor after its end is told at once that it has ended.</summary>
    private void AnswerForTheDead(SystemMessage message)
    {
        if (message is Watch watch) watch.Watcher.SendSystemMessage(new DeathWatchNotification((InternalActorRef)cell.Self, false));
    }
}
