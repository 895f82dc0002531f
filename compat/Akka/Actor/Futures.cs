using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>
/// Asking: a message, and a task for the answer. The task fails with <see cref="AskTimeoutException"/> when no answer comes in time,
/// with the cause of a <see cref="Status.Failure"/>, with <see cref="ArgumentException"/> for an answer of another type,
/// and is cancelled with the token. Without a timeout it waits for ever.
/// </summary>
public static class Futures
{
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<T>(_ => message, timeout, cancellationToken);

    public static Task<T> Ask<T>(
        this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        if (self is not InternalActorRef { System: { } system }) throw new ArgumentException($"{self} cannot be asked.", nameof(self));
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var future = system.NewFuture(result);
        Expire(result, timeout ?? Timeout.InfiniteTimeSpan, cancellationToken);
        self.Tell(messageFactory(future), future);
        return result.Task;
    }

    private static void Expire<T>(TaskCompletionSource<T> result, TimeSpan timeout, CancellationToken cancellation)
    {
        var timer = new Timer(_ => result.TrySetException(TimedOut(timeout)), null, Timeout.Infinite, Timeout.Infinite);
        if (timeout > TimeSpan.Zero) timer.Change(timeout, Timeout.InfiniteTimeSpan);
        var registration = cancellation.Register(() => result.TrySetCanceled(cancellation));
        result.Task.ContinueWith(
            _ =>
            {
                timer.Dispose();
                registration.Dispose();
            },
            TaskContinuationOptions.ExecuteSynchronously);
    }

    private static AskTimeoutException TimedOut(TimeSpan timeout) => new($"Timeout after {timeout.TotalSeconds:F2} seconds");
}
