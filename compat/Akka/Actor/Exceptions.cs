namespace Akka.Actor;

public abstract class AkkaException : Exception
{
    protected AkkaException(string? message = null, Exception? cause = null)
        : base(message, cause)
    {
    }
}

/// <summary>An actor's constructor or PreStart failed, or someone used new on an actor.</summary>
public class ActorInitializationException : AkkaException
{
    public ActorInitializationException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    public ActorInitializationException(IActorRef actor, string message, Exception? cause = null)
        : base($"{actor.Path}: {message}", cause)
    {
        Actor = actor;
    }

    public IActorRef? Actor { get; }
}

/// <summary>An actor's PreRestart failed; it is restarted all the same.</summary>
public class PreRestartException : ActorInitializationException
{
    public PreRestartException(IActorRef actor, Exception restartException, Exception cause, object? optionalMessage)
        : base(actor, $"exception in preRestart(after {cause.Message}, message {optionalMessage})", restartException)
    {
        RestartException = restartException;
        OptionalMessage = optionalMessage!;
    }

    public Exception RestartException { get; }

    public object OptionalMessage { get; }
}

/// <summary>An actor's new instance failed in its constructor, PostRestart or PreStart.</summary>
public class PostRestartException : ActorInitializationException
{
    public PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
        : base(actor, $"Exception post restart ({originalCause.GetType()})", cause)
    {
        OriginalCause = originalCause;
    }

    public Exception OriginalCause { get; }
}

/// <summary>The actor was told <see cref="Kill"/>.</summary>
public class ActorKilledException : AkkaException
{
    public ActorKilledException(string message)
        : base(message)
    {
    }
}

/// <summary>The actor watched another one and did not handle its <see cref="Terminated"/>.</summary>
public class DeathPactException : AkkaException
{
    public DeathPactException(IActorRef deadActor)
        : base($"Monitored actor [{deadActor}] terminated")
    {
        DeadActor = deadActor;
    }

    public IActorRef DeadActor { get; }
}

/// <summary>The actor does something that its present state does not allow.</summary>
public class IllegalActorStateException : AkkaException
{
    public IllegalActorStateException(string message)
        : base(message)
    {
    }
}

/// <summary>An actor's name is empty, malformed or taken.</summary>
public class InvalidActorNameException : AkkaException
{
    public InvalidActorNameException(string message)
        : base(message)
    {
    }
}

/// <summary>The message was null.</summary>
public class InvalidMessageException : AkkaException
{
    public InvalidMessageException(string message)
        : base(message)
    {
    }
}

/// <summary>No answer to an Ask arrived in time.</summary>
public class AskTimeoutException : AkkaException
{
    public AskTimeoutException(string message)
        : base(message)
    {
    }
}

/// <summary>Something was scheduled after the actor system had stopped.</summary>
public sealed class SchedulerException : AkkaException
{
    public SchedulerException(string message)
        : base(message)
    {
    }
}
