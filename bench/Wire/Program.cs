using System.Diagnostics;
using Distributed.Bench.Wire;

// Tensor throughput and latency over gRPC against bare HTTP/2 streams, in turns in one run, so that the ratios survive a noisy machine.
// CPU is what both sides together spend: on a busy machine it says more than the clock.
// usage: wire [ROUNDS] [WINDOW_BYTES ...]      (0: the default windows)
const int Budget = 100_000_000;
int rounds = args.Length > 0 ? int.Parse(args[0]) : 5;
int[] windows = args.Length > 1 ? [.. args[1..].Select(int.Parse)] : [0, 4 * 1024 * 1024];

Console.WriteLine($"{"window",9} {"what",-22} {"bare",17} {"grpc",17} {"grpc/bare",10} {"bare cpu",13} {"grpc cpu",13} {"bare/grpc cpu",14}");
foreach (int window in windows)
{
    await using Host host = await Host.StartAsync(window);
    var grpc = new GrpcTraffic(host.Channel.CreateCallInvoker());
    foreach (int bytes in new[] { 64_000, 400_000, 4_000_000 })
    {
        await CompareAsync(window, "upload", bytes, 1, host.Bare.UploadAsync, grpc.UploadAsync);
        await CompareAsync(window, "download", bytes, 1, host.Bare.DownloadAsync, grpc.DownloadAsync);
        await CompareAsync(window, "exchange", bytes, 2, host.Bare.ExchangeAsync, grpc.ExchangeAsync);
    }
    foreach (int bytes in new[] { 400, 400_000 })
        await CompareLatencyAsync(window, bytes, host.Bare.PingPongAsync, grpc.PingPongAsync);
}

async Task CompareAsync(int window, string what, int bytes, int directions, Func<int, int, Task> bare, Func<int, int, Task> grpc)
{
    int messages = Budget / bytes;
    double gigabytes = directions * (double)messages * bytes / 1e9;
    List<Cost> bareCosts = [], grpcCosts = [];
    for (int round = 0; round <= rounds; round++)
    {
        bareCosts.Add(await Cost.OfAsync(() => bare(messages, bytes)));
        grpcCosts.Add(await Cost.OfAsync(() => grpc(messages, bytes)));
    }
    Cost b = Cost.Median(bareCosts), g = Cost.Median(grpcCosts);
    Console.WriteLine(
        $"{window,9} {$"{what} {bytes:N0}",-22} {gigabytes / b.Seconds,12:0.00} GB/s {gigabytes / g.Seconds,12:0.00} GB/s {b.Seconds / g.Seconds,10:0.00} "
        + $"{b.CpuSeconds / gigabytes,8:0.00} s/GB {g.CpuSeconds / gigabytes,8:0.00} s/GB {b.CpuSeconds / g.CpuSeconds,14:0.00}");
}

async Task CompareLatencyAsync(int window, int bytes, Func<int, int, Action, Task> bare, Func<int, int, Action, Task> grpc)
{
    int messages = Math.Min(2000, Budget / bytes);
    List<double> bareMicros = [], grpcMicros = [];
    List<Cost> bareCosts = [], grpcCosts = [];
    for (int round = 0; round <= rounds; round++)
    {
        bareCosts.Add(await Cost.OfAsync(() => bare(messages, bytes, Stopper(bareMicros))));
        grpcCosts.Add(await Cost.OfAsync(() => grpc(messages, bytes, Stopper(grpcMicros))));
    }
    double b = Median(bareMicros), g = Median(grpcMicros), each = messages / 1e6;
    double bareCpu = Cost.Median(bareCosts).CpuSeconds / each, grpcCpu = Cost.Median(grpcCosts).CpuSeconds / each;
    Console.WriteLine(
        $"{window,9} {$"ping-pong {bytes:N0}",-22} {b,14:0.0} us {g,14:0.0} us {b / g,10:0.00} "
        + $"{bareCpu,10:0.0} us {grpcCpu,10:0.0} us {bareCpu / grpcCpu,14:0.00}");
}

static Action Stopper(List<double> micros)
{
    long last = Stopwatch.GetTimestamp();
    return () =>
    {
        long now = Stopwatch.GetTimestamp();
        micros.Add(Stopwatch.GetElapsedTime(last, now).TotalMicroseconds);
        last = now;
    };
}

static double Median(List<double> values)
{
    double[] sorted = [.. values.Order()];
    return sorted[sorted.Length / 2];
}
