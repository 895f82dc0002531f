namespace Akka.Actor;

public abstract class AkkaException(string? message = null, Exception? cause = null) : Exception(message, cause);

/// <summary>An actor's constructor or PreStart failed, or someone used new on an actor.</summary>
public class ActorInitializationException(string message, Exception? cause = null) : AkkaException(message, cause)
{
    public ActorInitializationException(IActorRef actor, string message, Exception? cause = null)
        : this($"{actor.Path}: {message}", cause) => Actor = actor;

    public IActorRef? Actor { get; }
}

/// <summary>An actor's PreRestart failed; it is restarted all the same.</summary>
public class PreRestartException(IActorRef actor, Exception restartException, Exception cause, object? optionalMessage)
    : ActorInitializationException(actor, $"exception in preRestart(after {cause.Message}, message {optionalMessage})", restartException)
{
    public Exception RestartException => InnerException!;

    public object OptionalMessage => optionalMessage!;
}

/// <summary>An actor's new instance failed in its constructor, PostRestart or PreStart.</summary>
public class PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
    : ActorInitializationException(actor, $"Exception post restart ({originalCause.GetType()})", cause)
{
    public Exception OriginalCause => originalCause;
}

/// <summary>The actor was told <see cref="Kill"/>.</summary>
public class ActorKilledException(string message) : AkkaException(message);

/// <summary>The actor watched another one and did not handle its <see cref="Terminated"/>.</summary>
public class DeathPactException(IActorRef deadActor) : AkkaException($"Monitored actor [{deadActor}] terminated")
{
    public IActorRef DeadActor => deadActor;
}

/// <summary>The actor does something that its present state does not allow.</summary>
public class IllegalActorStateException(string message) : AkkaException(message);

/// <summary>An actor's name is empty, malformed or taken.</summary>
public class InvalidActorNameException(string message) : AkkaException(message);

/// <summary>The message was null.</summary>
public class InvalidMessageException(string message) : AkkaException(message);

/// <summary>No answer to an Ask arrived in time.</summary>
public class AskTimeoutException(string message) : AkkaException(message);

/// <summary>Something was scheduled after the actor system had stopped.</summary>
public sealed class SchedulerException(string message) : AkkaException(message);
