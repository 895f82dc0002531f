using Akka.Actor.Internal;

namespace Akka.Actor;

public static class GracefulStopSupport
{
    /// <summary>Sends a <see cref="PoisonPill"/> and waits for the actor to stop.</summary>
    /// <returns>Whether it stopped in time.</returns>
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => target.GracefulStop(timeout, PoisonPill.Instance);

    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var actor = (InternalActorRef)target;
        var stopped = new TaskCompletionSource<Terminated>(TaskCreationOptions.RunContinuationsAsynchronously);
        var watcher = actor.System.NewFuture(stopped);
        actor.SendSystemMessage(new Watch(watcher));
        actor.Tell(stopMessage, ActorRefs.NoSender);
        try
        {
            await stopped.Task.WaitAsync(timeout).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            actor.SendSystemMessage(new Unwatch(watcher));
            return false;
        }
    }
}
