using Akka.Actor.Internal;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The base of all actors: one message at a time, and hooks for its lifecycle.</summary>
public abstract class ActorBase
{
    private IActorRef? selfAfterStop;
    private SupervisorStrategy? strategy;

    protected ActorBase()
    {
        var cell = ActorCell.Current
            ?? throw new ActorInitializationException("Do not create actors with 'new': use ActorOf of a context or of the system.");
        if (this is IWithTimers timed) timed.Timers = new TimerScheduler(cell);
        cell.Become(Receive);
    }

    /// <exception cref="NotSupportedException">The caller is not on the actor's thread, as after an await in a plain handler.</exception>
    protected static IActorContext Context
    {
        get
        {
            var cell = ActorCell.Current ?? throw new NotSupportedException(
                "There is no active actor context: this code runs outside of its actor, most likely after an await or in a task.");
            return cell.HasNoActor ? null! : cell;
        }
    }

    protected static Receive EmptyReceive => _ => false;

    protected IActorRef Self => selfAfterStop ?? Context.Self;

    protected IActorRef Sender => Context.Sender;

    internal SupervisorStrategy Strategy
    {
        get => strategy ??= SupervisorStrategy();
        set => strategy = value;
    }

    public virtual void AroundPreStart() => PreStart();

    public virtual void AroundPostStop()
    {
        CancelTimers();
        PostStop();
    }

    public virtual void AroundPreRestart(Exception cause, object message)
    {
        CancelTimers();
        PreRestart(cause, message);
    }

    public virtual void AroundPostRestart(Exception cause, object message) => PostRestart(cause);

    internal void Detach(IActorRef self) => selfAfterStop = self;

    internal bool Dispatch(Receive receive, object message) => AroundReceive(receive, message);

    protected abstract bool Receive(object message);

    protected virtual bool AroundReceive(Receive receive, object message)
    {
        if (message is TimerMessage timer)
        {
            if (((ActorCell)Context).OpenTimerMessage(this, timer) is not { } opened) return true;
            message = opened;
        }

        var handled = receive(message);
        if (!handled) Unhandled(message);
        return handled;
    }

    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated) throw new DeathPactException(terminated.ActorRef);
        Context.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    protected virtual SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.DefaultStrategy;

    /// <summary>Before the first message of the first instance; by way of PostRestart also of later ones.</summary>
    protected virtual void PreStart()
    {
    }

    /// <summary>After the last message.</summary>
    protected virtual void PostStop()
    {
    }

    /// <summary>On the failed instance; by default stops all children and calls PostStop.</summary>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in Context.GetChildren())
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }

        PostStop();
    }

    /// <summary>On the fresh instance; by default calls PreStart.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    protected void Become(Receive receive) => Context.Become(receive);

    protected void BecomeStacked(Receive receive) => Context.BecomeStacked(receive);

    protected void UnbecomeStacked() => Context.UnbecomeStacked();

    protected void SetReceiveTimeout(TimeSpan? timeout) => Context.SetReceiveTimeout(timeout);

    private void CancelTimers()
    {
        if (this is IWithTimers timed) timed.Timers?.CancelAll();
    }
}
