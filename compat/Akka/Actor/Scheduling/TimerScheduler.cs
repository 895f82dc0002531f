using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>What a timer sends. The object itself is the timer's identity, so that a replaced timer's message is known as stale.</summary>
internal sealed class TimerMessage(object key, object message, bool repeats) : IWrappedMessage
{
    public object Key => key;

    public object Message => message;

    public bool Repeats => repeats;
}

/// <summary>See <see cref="ITimerScheduler"/>.</summary>
internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private readonly Dictionary<object, (TimerMessage Timer, ICancelable Schedule)> active = [];

    public IReadOnlyCollection<object> ActiveTimers => active.Keys;

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => StartPeriodicTimer(key, msg, interval, interval, null);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef? sender) =>
        StartPeriodicTimer(key, msg, interval, interval, sender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) =>
        StartPeriodicTimer(key, msg, initialDelay, interval, null);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef? sender)
    {
        Cancel(key);
        var timer = new TimerMessage(key, msg, repeats: true);
        active[key] = (timer, cell.System.Scheduler.ScheduleTellRepeatedlyCancelable(initialDelay, interval, cell.Self, timer, sender));
    }

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) => StartSingleTimer(key, msg, timeout, null);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef? sender)
    {
        Cancel(key);
        var timer = new TimerMessage(key, msg, repeats: false);
        active[key] = (timer, cell.System.Scheduler.ScheduleTellOnceCancelable(timeout, cell.Self, timer, sender));
    }

    public bool IsTimerActive(object key) => active.ContainsKey(key);

    public void Cancel(object key)
    {
        if (active.Remove(key, out var timer)) timer.Schedule.Cancel();
    }

    public void CancelAll()
    {
        foreach (var (_, schedule) in active.Values) schedule.Cancel();
        active.Clear();
    }

    /// <returns>The timer's message, or null if the timer is no longer the active one of its key.</returns>
    public object? Open(TimerMessage timer)
    {
        if (!active.TryGetValue(timer.Key, out var found) || found.Timer != timer) return null;
        if (!timer.Repeats) active.Remove(timer.Key);
        return timer.Message;
    }
}
