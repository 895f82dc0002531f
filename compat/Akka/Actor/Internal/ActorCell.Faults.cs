using Akka.Event;

namespace Akka.Actor.Internal;

internal sealed partial class ActorCell
{
    /// <summary>
    /// Who failed: the actor itself, or the child whose failure it escalates. Until the supervisor has decided, nothing is processed.
    /// </summary>
    private IActorRef? failedBy;

    /// <summary>Suspends the actor and its children and asks the supervisor.</summary>
    private void HandleInvokeFailure(Exception cause)
    {
        if (failedBy is not null) return;
        var failedChild = (currentMessage as Failed)?.Child;
        failedBy = failedChild ?? (IActorRef)self;
        Mailbox.Suspend();
        SuspendChildren(except: failedChild);
        parent.SendSystemMessage(new Failed(self, cause));
    }

    private void FaultSuspend()
    {
        Mailbox.Suspend();
        SuspendChildren(except: null);
    }

    private void FaultResume(Exception? cause)
    {
        if (actor is null)
        {
            FaultCreate();
            return;
        }

        var perpetrator = failedBy;
        Mailbox.Resume();
        if (cause is not null) failedBy = null;
        ResumeChildren(cause, perpetrator);
    }

    /// <summary>The first half of a restart: PreRestart on the failed instance, then the children that it stopped are awaited.</summary>
    private void FaultRecreate(Exception cause)
    {
        if (actor is null)
        {
            FaultCreate();
            return;
        }

        if (!Children.IsNormal)
        {
            FaultResume(null);
            return;
        }

        var (failed, message) = (actor, currentMessage);
        try
        {
            failed.AroundPreRestart(cause, message!);
        }
        catch (Exception e)
        {
            Publish(new Error(new PreRestartException(self, e, cause, message), self.Path.ToString(), failed.GetType(), e.Message));
        }

        UnstashAll(failed);
        ClearActor();
        if (!Children.WaitForStopping(WaitReason.Recreation, cause)) FinishRecreate(cause);
    }

    /// <summary>The second half of a restart: a fresh instance, then the children that were kept are restarted too.</summary>
    private void FinishRecreate(Exception cause)
    {
        var survivors = Children.All();
        try
        {
            Mailbox.Resume();
            failedBy = null;
            actor = NewActor();
            actor.AroundPostRestart(cause, null!);
            foreach (var survivor in survivors) survivor.Child.SendSystemMessage(new Recreate(cause));
        }
        catch (Exception e)
        {
            ClearActor();
            HandleInvokeFailure(new PostRestartException(self, e, cause));
        }
    }

    /// <summary>A restart of an actor that never came to life.</summary>
    private void FaultCreate()
    {
        SetReceiveTimeout(null);
        PauseReceiveTimeout();
        StopChildren();
        if (!Children.WaitForStopping(WaitReason.Creation)) FinishCreate();
    }

    private void FinishCreate()
    {
        Mailbox.Resume();
        failedBy = null;
        try
        {
            CreateActor();
        }
        catch (Exception e)
        {
            HandleInvokeFailure(e);
        }
    }

    /// <summary>The first half of a stop: the children go first, and meanwhile no message is processed.</summary>
    private void Terminate()
    {
        SetReceiveTimeout(null);
        PauseReceiveTimeout();
        UnwatchAll();
        StopChildren();
        var wasTerminating = Children.IsTerminating;
        if (!Children.WaitForStopping(WaitReason.Termination))
        {
            Children.SetTerminated();
            FinishTerminate();
        }
        else if (!wasTerminating)
        {
            Mailbox.Suspend();
            failedBy = self;
        }
    }

    private void FinishTerminate()
    {
        if (actor is { } stopped)
        {
            TryOrPublish(stopped.AroundPostStop);
            UnstashAll(stopped);
        }

        Mailbox.Close();
        Dispatcher.Detach(this);
        System.EventStream.Unsubscribe(self);
        DisposeReceiveTimeout();
        ClearActor();
        TellWatchers();
        UnwatchAll();
    }
}
