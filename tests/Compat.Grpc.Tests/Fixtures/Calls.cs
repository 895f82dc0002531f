using Grpc.Core;

namespace Distributed.Compat.Grpc.Tests.Fixtures;

internal static class Calls
{
    /// <summary>How long a thing that must happen promptly may take on a busy machine before the test gives up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<RpcException> FailsAsync(StatusCode expected, Func<Task> call)
    {
        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => call().WaitAsync(Patience));
        Assert.True(expected == exception.StatusCode, $"expected {expected}: {exception.Status}");
        return exception;
    }

    public static DateTime In(TimeSpan time) => DateTime.UtcNow + time;

    public static async Task ReleasedAsync(this SemaphoreSlim semaphore) =>
        Assert.True(await semaphore.WaitAsync(Patience), "The event did not happen in time.");
}
