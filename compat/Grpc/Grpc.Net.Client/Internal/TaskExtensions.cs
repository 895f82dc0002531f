namespace Grpc.Net.Client.Internal;

internal static class TaskExtensions
{
    /// <summary>A caller that looks at one of a call's tasks need not look at the others: their failure is the same one.</summary>
    public static void Observe(this Task task) => task.ContinueWith(
        static failed => _ = failed.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
