namespace Distributed.Bench.Wire;

/// <summary>
/// The training stream, as worker and coordinator set it up, against a bare stream of the same settings. Aim: 0.90 of the bare one's throughput.
/// Ping-pong waits for each message, which the training stream sends, checks and answers whole, where the bare one echoes every piece as it comes.
/// </summary>
internal static class StreamCommand
{
    /// <summary>The parameters of scratch-mlp and of a network forty times as large, in bytes.</summary>
    private static readonly int[] TensorBytes = [4 * 101_770, 4 * 4_070_800];

    public static async Task RunAsync(int rounds)
    {
        await using StreamHost host = await StreamHost.StartAsync(TensorBytes.Max() / sizeof(float));
        var race = new Race(rounds, "training", "tensors");
        foreach (int bytes in TensorBytes)
        {
            await race.ThroughputAsync("partials up", bytes, 1, host.Bare.UploadAsync, host.Training.UploadAsync);
            await race.ThroughputAsync("weights down", bytes, 1, host.Bare.DownloadAsync, host.Training.DownloadAsync);
            await race.ThroughputAsync("both at once", bytes, 2, host.Bare.ExchangeAsync, host.Training.ExchangeAsync);
        }
        await race.LatencyAsync(TensorBytes[0], host.Bare.PingPongAsync, host.Training.PingPongAsync);
    }
}
