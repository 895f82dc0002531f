namespace Distributed.Coordinator.Hosting;

/// <summary>Which threads the actors of one process run on.</summary>
/// <param name="CoordinatorSharesWorker">
/// True when the coordinator's mailbox runs on the first worker's thread. It has work only when that worker is done, so with no core to spare
/// a thread of its own would buy two context switches per step and nothing else.
/// </param>
/// <param name="SerialThreads">Threads for what is done while the workers wait: the update of a large network, evaluation.</param>
/// <param name="Reason">Why, for the log.</param>
public sealed record ThreadPlan(bool CoordinatorSharesWorker, int SerialThreads, string Reason)
{
    /// <summary>The plan for <paramref name="workers"/> workers in a process that may use <paramref name="cores"/> cores.</summary>
    public static ThreadPlan For(int workers, int cores)
    {
        int serial = Math.Clamp(workers, 1, cores);
        return workers >= cores
            ? new ThreadPlan(true, serial, $"{workers} workers on {cores} cores leave none for the coordinator: it shares the first worker's thread")
            : new ThreadPlan(false, serial, $"{workers} workers on {cores} cores leave one for the coordinator");
    }
}
