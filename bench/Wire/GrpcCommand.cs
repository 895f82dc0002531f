namespace Distributed.Bench.Wire;

/// <summary>Tensors over compat/Grpc against bare streams, for several message sizes and windows.</summary>
internal static class GrpcCommand
{
    public static async Task RunAsync(int rounds, int[] windows)
    {
        foreach (int window in windows)
        {
            await using Host host = await Host.StartAsync(window);
            var grpc = new GrpcTraffic(host.Channel.CreateCallInvoker());
            var race = new Race(rounds, "grpc", $"window {window}");
            foreach (int bytes in new[] { 64_000, 400_000, 4_000_000 })
            {
                await race.ThroughputAsync("upload", bytes, 1, host.Bare.UploadAsync, grpc.UploadAsync);
                await race.ThroughputAsync("download", bytes, 1, host.Bare.DownloadAsync, grpc.DownloadAsync);
                await race.ThroughputAsync("exchange", bytes, 2, host.Bare.ExchangeAsync, grpc.ExchangeAsync);
            }
            foreach (int bytes in new[] { 400, 400_000 })
                await race.LatencyAsync(bytes, host.Bare.PingPongAsync, grpc.PingPongAsync);
        }
    }
}
