using Distributed.Protocol;

namespace Distributed.Coordinator.Hosting;

/// <summary>
/// The worker processes that this program starts. One that ends before the run does is started again: at once at first, later after growing pauses,
/// and no more when it fails of itself again and again.
/// </summary>
/// <param name="count">How many.</param>
/// <param name="port">Where they connect, on 127.0.0.1.</param>
/// <param name="token">What they show there.</param>
/// <param name="ended">Is told, at once, whose process has ended and how: a socket may take longer to say so.</param>
/// <param name="report">Tells people.</param>
/// <param name="time">The clock.</param>
internal sealed class LocalWorkers(int count, int port, string token, Action<string, string> ended, Action<string> report, TimeProvider time)
    : IAsyncDisposable
{
    private const int FailuresMax = 6;

    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongLife = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _keepers = [];
    private int _givenUp;

    /// <summary>Starts them. <paramref name="hopeless"/> is called, with the reason, when the last of them has been given up.</summary>
    internal void Start(Action<string> hopeless)
    {
        for (int i = 1; i <= count; i++)
        {
            string name = $"local-{i}";
            _keepers.Add(Task.Run(() => KeepAsync(name, hopeless)));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_keepers).ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task KeepAsync(string name, Action<string> hopeless)
    {
        int failures = 0;
        TimeSpan pause = PauseMin;
        while (!_stopping.IsCancellationRequested)
        {
            long started = time.GetTimestamp();
            WorkerEnd end = await RunOnceAsync(name).ConfigureAwait(false);
            if (_stopping.IsCancellationRequested || end.ExitCode == 0)
            {
                return;
            }

            ended(name, end.Text);
            bool livedLong = time.GetElapsedTime(started) > LongLife;
            pause = livedLong ? PauseMin : Min(pause * 2, PauseMax);
            failures = livedLong || end.IsSignal ? 0 : failures + 1;
            if (failures >= FailuresMax)
            {
                report($"{name} {end.Text}; it failed {failures} times in a row and is not started again");
                if (Interlocked.Increment(ref _givenUp) == count)
                {
                    hopeless($"every worker of this machine failed again and again; the last one {end.Text}");
                }

                return;
            }

            report($"{name} {end.Text}; it is started again in {pause.TotalSeconds:F2} s");
            await Task.Delay(pause, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<WorkerEnd> RunOnceAsync(string name)
    {
        try
        {
            using var process = WorkerProcess.Start(name, port, token);
            return await process.WaitAsync(_stopping.Token, time).ConfigureAwait(false);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return new WorkerEnd(-1, false, $"could not be started: {error.Message}");
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}

/// <summary>How a worker process ended.</summary>
/// <param name="ExitCode">Its exit code; 0 when the run was over.</param>
/// <param name="IsSignal">True when it was killed.</param>
/// <param name="Text">For people, with its last words.</param>
internal sealed record WorkerEnd(int ExitCode, bool IsSignal, string Text);
