using Distributed.Simulation.Faults;

namespace Distributed.Simulation.Runner;

/// <summary>What many seeds came to.</summary>
internal sealed record SeedBatchResult(long Seeds, TimeSpan Elapsed, Coverage Coverage, SeedResult? Failure);

/// <summary>Runs consecutive seeds, each on one thread, several at a time.</summary>
internal sealed class SeedBatch(TimeProvider time, int threads, ProtocolUnderTest? protocol = null)
{
    private readonly Lock _lock = new();
    private readonly Coverage _coverage = new();
    private SeedResult? _failure;
    private long _next;
    private long _done;

    /// <summary>Until all are done, one fails, or <paramref name="limit"/> is over.</summary>
    internal SeedBatchResult Run(ulong first, ulong count, TimeSpan limit, Action<string> report)
    {
        long start = time.GetTimestamp();
        Thread[] running = Enumerable.Range(0, threads).Select(_ => new Thread(() => Work(first, count, start, limit, report))).ToArray();
        foreach (Thread thread in running)
        {
            thread.Start();
        }

        foreach (Thread thread in running)
        {
            thread.Join();
        }

        return new SeedBatchResult(_done, time.GetElapsedTime(start), _coverage, _failure);
    }

    private void Work(ulong first, ulong count, long start, TimeSpan limit, Action<string> report)
    {
        while (Volatile.Read(ref _failure) is null && time.GetElapsedTime(start) < limit)
        {
            long index = Interlocked.Increment(ref _next) - 1;
            if ((ulong)index >= count)
            {
                return;
            }

            SeedResult result = Simulator.Run(first + (ulong)index, protocol);
            lock (_lock)
            {
                Take(result);
                if (_done % 100 == 0)
                {
                    report(Progress(count, time.GetElapsedTime(start)));
                }
            }
        }
    }

    /// <summary>Of several failures the lowest seed is shown.</summary>
    private void Take(SeedResult result)
    {
        _done++;
        _coverage.Add(result.Coverage);
        if (result.Failure is not null && (_failure is null || result.Seed < _failure.Seed))
        {
            _failure = result;
        }
    }

    private string Progress(ulong count, TimeSpan elapsed)
    {
        int filled = (int)(30 * (ulong)_done / count);
        return $"[{new string('#', filled)}{new string('.', 30 - filled)}] {_done} of {count} seeds, {_done / elapsed.TotalSeconds:F0} a second ";
    }
}
