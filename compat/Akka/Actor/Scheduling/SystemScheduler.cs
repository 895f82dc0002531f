namespace Akka.Actor;

/// <summary>A scheduler on the .NET timers. What was scheduled last till it is sent, cancelled, or the system stops.</summary>
internal sealed class SystemScheduler : IScheduler
{
    private readonly Lock gate = new();
    private readonly HashSet<ScheduledTell> pending = [];
    private bool stopped;

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender) =>
        ScheduleTellOnce(delay, receiver, message, sender, null);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        Schedule(new ScheduledTell(this, () => receiver.Tell(message, sender), cancelable), delay, Timeout.InfiniteTimeSpan);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        Schedule(new ScheduledTell(this, () => receiver.Tell(message, sender), cancelable), initialDelay, interval);
    }

    public void Remove(ScheduledTell tell)
    {
        lock (gate) pending.Remove(tell);
    }

    public void Stop()
    {
        ScheduledTell[] last;
        lock (gate)
        {
            stopped = true;
            last = [.. pending];
            pending.Clear();
        }

        foreach (var tell in last) tell.Dispose();
    }

    private void Schedule(ScheduledTell tell, TimeSpan delay, TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        lock (gate)
        {
            if (stopped) throw new SchedulerException("The actor system has stopped; nothing can be scheduled any more.");
            pending.Add(tell);
        }

        tell.Start(delay, interval);
    }
}
