namespace Akka.Actor.Internal;

internal sealed partial class ActorCell
{
    private TimeSpan? receiveTimeout;
    private Timer? receiveTimeoutTimer;
    private bool receiveTimeoutPending;

    public TimeSpan? ReceiveTimeout => receiveTimeout;

    /// <summary>Takes effect after the message in hand, and again after every message that counts.</summary>
    public void SetReceiveTimeout(TimeSpan? timeout) => receiveTimeout = timeout;

    public void CheckReceiveTimeout(bool restart)
    {
        if (receiveTimeout is not { } timeout)
        {
            PauseReceiveTimeout();
            return;
        }

        if (!restart && receiveTimeoutPending) return;
        receiveTimeoutTimer ??= new Timer(_ => self.Tell(Actor.ReceiveTimeout.Instance, self), null, Timeout.Infinite, Timeout.Infinite);
        receiveTimeoutTimer.Change(timeout, Timeout.InfiniteTimeSpan);
        receiveTimeoutPending = true;
    }

    private void PauseReceiveTimeout()
    {
        if (!receiveTimeoutPending) return;
        receiveTimeoutTimer!.Change(Timeout.Infinite, Timeout.Infinite);
        receiveTimeoutPending = false;
    }

    private void DisposeReceiveTimeout() => receiveTimeoutTimer?.Dispose();
}
