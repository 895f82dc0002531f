using Distributed.Protocol.Wire;
using Distributed.Protocol.Wire.Messages;
using Grpc.Core;

namespace Distributed.Worker;

/// <summary>
/// Tells the coordinator at a steady pace that this process is alive, by a connection of its own. Where no answer comes for long, the way is cut, though no
/// socket may say so.
/// </summary>
internal sealed class HeartbeatLoop(WorkerOptions options, Welcome life, TimeProvider time)
{
    private readonly TimeSpan _interval = TimeSpan.FromMilliseconds(Math.Clamp(life.HeartbeatIntervalMs, 10, 60_000));
    private readonly TimeSpan _silenceMax = 2 * TimeSpan.FromMilliseconds(Math.Clamp(life.HeartbeatLimitMs, 100, 600_000));
    private long _lastAnswer = time.GetTimestamp();

    /// <summary>Beats until <paramref name="stop"/>. Returns the reason why it gave up, or null when it was stopped.</summary>
    internal async Task<string?> RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var connection = new Connection(options);
                await BeatAsync(connection, stop).ConfigureAwait(false);
            }
            catch (Exception error) when (error is RpcException or OperationCanceledException or IOException)
            {
                // The next turn tries again; for how long is decided by the answers.
            }

            if (!stop.IsCancellationRequested)
            {
                TimeSpan silence = time.GetElapsedTime(_lastAnswer);
                if (silence > _silenceMax)
                {
                    return $"no answer from {options.Address} for {silence.TotalSeconds:F1} s";
                }

                await Task.Delay(_interval, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return null;
    }

    private async Task BeatAsync(Connection connection, CancellationToken stop)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using AsyncDuplexStreamingCall<Beat, Beat> call =
            connection.Calls.AsyncDuplexStreamingCall(TrainingMethods.Heartbeat, null, new CallOptions(connection.Headers, cancellationToken: broken.Token));
        Task answers = ReadAnswersAsync(call.ResponseStream, broken);
        using var timer = new PeriodicTimer(_interval, time);
        for (long sequence = 0; ; sequence++)
        {
            var beat = new Beat { Worker = life.Worker, Incarnation = life.Incarnation, Sequence = sequence };
            await call.RequestStream.WriteAsync(beat, broken.Token).ConfigureAwait(false);
            await timer.WaitForNextTickAsync(broken.Token).ConfigureAwait(false);
            if (time.GetElapsedTime(_lastAnswer) > _silenceMax)
            {
                await broken.CancelAsync().ConfigureAwait(false);
                await answers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            }
        }
    }

    private async Task ReadAnswersAsync(IAsyncStreamReader<Beat> answers, CancellationTokenSource broken)
    {
        try
        {
            while (await answers.MoveNext(broken.Token).ConfigureAwait(false))
            {
                _lastAnswer = time.GetTimestamp();
            }
        }
        finally
        {
            if (!broken.IsCancellationRequested)
            {
                await broken.CancelAsync().ConfigureAwait(false);
            }
        }
    }
}
