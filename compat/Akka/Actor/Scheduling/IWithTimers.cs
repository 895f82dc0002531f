namespace Akka.Actor;

/// <summary>An actor with timers of its own; the property is set before its constructor runs.</summary>
public interface IWithTimers
{
    ITimerScheduler Timers { get; set; }
}

/// <summary>
/// Timers of one instance of an actor, to be used only by it. A new timer replaces the one of the same key.
/// Once a timer is cancelled or replaced its message does not arrive, even if it is in the mailbox already.
/// All are cancelled when the actor restarts or stops.
/// </summary>
public interface ITimerScheduler
{
    IReadOnlyCollection<object> ActiveTimers { get; }

    void StartPeriodicTimer(object key, object msg, TimeSpan interval);

    void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef? sender);

    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);

    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef? sender);

    void StartSingleTimer(object key, object msg, TimeSpan timeout);

    void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef? sender);

    bool IsTimerActive(object key);

    void Cancel(object key);

    void CancelAll();
}
