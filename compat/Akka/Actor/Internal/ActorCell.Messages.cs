using Akka.Event;

namespace Akka.Actor.Internal;

internal sealed partial class ActorCell
{
    /// <summary>Handles one user message. A failure suspends the mailbox and goes to the supervisor.</summary>
    public void Invoke(in Envelope envelope)
    {
        var message = envelope.Message;
        var restartsTimeout = !IsTimeoutNeutral(message);
        try
        {
            currentMessage = message;
            sender = envelope.Sender;
            if (restartsTimeout) PauseReceiveTimeout();
            if (message is IAutoReceivedMessage) AutoReceive(message);
            else actor!.Dispatch(behaviors.Peek(), message);
            currentMessage = null;
        }
        catch (Exception e)
        {
            HandleInvokeFailure(e);
        }
        finally
        {
            CheckReceiveTimeout(restartsTimeout);
        }
    }

    /// <returns>The timer's message, or null if the timer was cancelled or replaced, or belongs to an earlier instance.</returns>
    public object? OpenTimerMessage(ActorBase receiver, TimerMessage timer)
    {
        if (receiver is not IWithTimers { Timers: TimerScheduler timers } || timers.Open(timer) is not { } message) return null;
        currentMessage = message;
        if (message is not IAutoReceivedMessage) return message;
        AutoReceive(message);
        return null;
    }

    /// <summary>Handles one system message, unless it has to wait for a later state of the cell.</summary>
    public void InvokeSystem(SystemMessage message)
    {
        var before = State;
        if (message.WaitsIn(before))
        {
            waiting.Add(message);
            return;
        }

        try
        {
            Handle(message);
        }
        catch (Exception e)
        {
            HandleInvokeFailure(e);
        }

        if (waiting.Count > 0 && (State < before || Mailbox.IsClosed)) ReleaseWaiting();
    }

    private static bool IsTimeoutNeutral(object message) =>
        message is INotInfluenceReceiveTimeout || (message is TimerMessage timer && timer.Message is INotInfluenceReceiveTimeout);

    private void ReleaseWaiting()
    {
        var released = waiting.ToArray();
        waiting.Clear();
        Mailbox.PrependSystem(released);
    }

    private void AutoReceive(object message)
    {
        switch (message)
        {
            case Terminated terminated:
                ReceiveTerminated(terminated);
                break;
            case PoisonPill:
                self.Stop();
                break;
            case Kill:
                throw new ActorKilledException("Kill");
        }
    }

    private void Handle(SystemMessage message)
    {
        switch (message)
        {
            case Create: CreateActor(); break;
            case Internal.Terminate: Terminate(); break;
            case Watch watch: AddWatcher(watch.Watcher); break;
            case Unwatch unwatch: RemoveWatcher(unwatch.Watcher); break;
            case DeathWatchNotification notification: ActorTerminated(notification); break;
            case Failed failed: ChildFailed(failed); break;
            case Suspend: FaultSuspend(); break;
            case Resume resume: FaultResume(resume.Cause); break;
            case Recreate recreate: FaultRecreate(recreate.Cause); break;
            case RunContinuation continuation: Continue(continuation); break;
            case HandlerFailed failed: AsyncHandlerFailed(failed); break;
            default: throw new NotSupportedException($"Unknown system message {message}.");
        }
    }

    private void CreateActor()
    {
        try
        {
            actor = NewActor();
            actor.AroundPreStart();
            CheckReceiveTimeout(true);
        }
        catch (Exception e)
        {
            ClearActor();
            throw new ActorInitializationException(self, "Exception during creation", e);
        }
    }

    private void Continue(RunContinuation continuation)
    {
        currentMessage = continuation.Message;
        continuation.Scheduler.Execute(continuation.Task);
        currentMessage = null;
    }

    private void AsyncHandlerFailed(HandlerFailed failed)
    {
        currentMessage = failed.Message;
        Mailbox.Resume();
        HandleInvokeFailure(failed.Cause);
    }

    private void Publish(LogEvent logEvent) => System.EventStream.Publish(logEvent);

    private void TryOrPublish(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            Publish(new Error(e, Self.Path.ToString(), Props.Type, e.Message));
        }
    }
}
