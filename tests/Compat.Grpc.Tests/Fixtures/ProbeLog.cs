using System.Collections.Concurrent;
using Grpc.Core;

namespace Distributed.Compat.Grpc.Tests.Fixtures;

/// <summary>What handlers experienced: how many run, and how each ended.</summary>
internal sealed class ProbeLog
{
    private int _running;

    /// <summary>"cancelled", "returned" or the exception's type, one for each ended handler that reports.</summary>
    public ConcurrentQueue<string> Ends { get; } = new();

    public SemaphoreSlim Started { get; } = new(0);

    public SemaphoreSlim Ended { get; } = new(0);

    public int Running => Volatile.Read(ref _running);

    public async Task RunAsync(ServerCallContext context, Func<Task> handle)
    {
        Interlocked.Increment(ref _running);
        Started.Release();
        try
        {
            await handle();
            Ends.Enqueue("returned");
        }
        catch (Exception exception)
        {
            Ends.Enqueue(context.CancellationToken.IsCancellationRequested ? "cancelled" : exception.GetType().Name);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            Ended.Release();
        }
    }

    public Task WaitForCancellationAsync(ServerCallContext context) =>
        RunAsync(context, () => Task.Delay(Timeout.Infinite, context.CancellationToken));
}
