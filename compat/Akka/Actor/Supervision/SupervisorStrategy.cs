using Akka.Actor.Internal;
using Akka.Event;

namespace Akka.Actor;

/// <summary>How an actor treats the failures of its children.</summary>
public abstract class SupervisorStrategy
{
    /// <summary>Stops a child that cannot be created, was killed or broke a death pact; restarts any other.</summary>
    public static readonly IDecider DefaultDecider = Actor.Decider.From(cause =>
        cause is ActorInitializationException or ActorKilledException or DeathPactException ? Directive.Stop : Directive.Restart);

    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);

    public static readonly OneForOneStrategy StoppingStrategy = new(_ => Directive.Stop);

    private protected SupervisorStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled)
    {
        MaxNumberOfRetries = maxNrOfRetries;
        WithinTimeRangeMilliseconds = withinTimeMilliseconds;
        Decider = decider;
        LoggingEnabled = loggingEnabled;
    }

    public IDecider Decider { get; }

    /// <summary>Restarts allowed within the time range; below 0: any number.</summary>
    public int MaxNumberOfRetries { get; }

    /// <summary>0 or less: for ever.</summary>
    public int WithinTimeRangeMilliseconds { get; }

    protected bool LoggingEnabled { get; }

    /// <returns>False if the failure is to be escalated.</returns>
    internal bool HandleFailure(ActorCell supervisor, ChildRestartStats child, Exception cause)
    {
        var directive = Decider.Decide(cause);
        if (LoggingEnabled) LogFailure(supervisor, child.Child, cause, directive);
        switch (directive)
        {
            case Directive.Escalate:
                return false;
            case Directive.Resume:
                child.Child.SendSystemMessage(new Resume(cause));
                return true;
            default:
                RestartOrStop(supervisor, directive == Directive.Restart, child, cause);
                return true;
        }
    }

    internal abstract void RestartOrStop(ActorCell supervisor, bool restart, ChildRestartStats child, Exception cause);

    internal bool MayRestart(ChildRestartStats child) => child.RequestRestartPermission(MaxNumberOfRetries, WithinTimeRangeMilliseconds);

    private protected static int Milliseconds(TimeSpan? time) => (int)(time ?? Timeout.InfiniteTimeSpan).TotalMilliseconds;

    private void LogFailure(ActorCell supervisor, IActorRef child, Exception cause, Directive directive)
    {
        var message = (cause is ActorInitializationException { InnerException: { } inner } ? inner : cause).Message;
        var path = child.Path.ToString();
        if (directive == Directive.Resume) supervisor.System.EventStream.Publish(new Warning(cause, path, GetType(), message));
        else if (directive != Directive.Escalate) supervisor.System.EventStream.Publish(new Error(cause, path, GetType(), message));
    }
}
