using Akka.Dispatch;

namespace Akka.Actor.Internal;

/// <summary>How much of its work a cell does now. Some system messages wait for a lower value.</summary>
internal enum CellState
{
    Normal = 0,
    Suspended = 1,
    WaitingForChildren = 2,
}

/// <summary>A lifecycle or supervision message.</summary>
internal abstract record SystemMessage
{
    /// <summary>Whether the message has to wait while the cell is in this state.</summary>
    public virtual bool WaitsIn(CellState state) => false;
}

internal sealed record Create : SystemMessage;

internal sealed record Terminate : SystemMessage;

internal sealed record Watch(InternalActorRef Watcher) : SystemMessage;

internal sealed record Unwatch(InternalActorRef Watcher) : SystemMessage;

internal sealed record DeathWatchNotification(InternalActorRef Actor, bool ExistenceConfirmed) : SystemMessage;

internal sealed record Failed(InternalActorRef Child, Exception Cause) : SystemMessage
{
    public override bool WaitsIn(CellState state) => state != CellState.Normal;
}

internal sealed record Suspend : SystemMessage
{
    public override bool WaitsIn(CellState state) => state == CellState.WaitingForChildren;
}

/// <summary>Undoes one suspension. A cause means that the actor itself had failed with it.</summary>
internal sealed record Resume(Exception? Cause) : SystemMessage
{
    public override bool WaitsIn(CellState state) => state == CellState.WaitingForChildren;
}

internal sealed record Recreate(Exception Cause) : SystemMessage
{
    public override bool WaitsIn(CellState state) => state == CellState.WaitingForChildren;
}

/// <summary>A continuation of an asynchronous handler, to run on the actor's thread.</summary>
internal sealed record RunContinuation(ActorTaskScheduler Scheduler, Task Task, object? Message) : SystemMessage;

/// <summary>An asynchronous handler has failed.</summary>
internal sealed record HandlerFailed(Exception Cause, object? Message) : SystemMessage;
