using System.Net;
using System.Net.Sockets;
using Distributed.Protocol.Wire;
using Distributed.Protocol.Wire.Messages;
using Google.Protobuf;
using Grpc.Core;

namespace Distributed.Worker;

/// <summary>Tries the way to the coordinator, one thing after the other, and prints a verdict per line.</summary>
/// <param name="options">The command line.</param>
/// <param name="time">The clock.</param>
/// <param name="print">Takes the lines.</param>
public sealed class CoordinatorCheck(WorkerOptions options, TimeProvider time, Action<string> print)
{
    private const int RoundTrips = 20;
    private const int Transfers = 256;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Tries everything. Returns 0 when a worker could join, 1 when not.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        IPAddress[]? addresses = await NameAsync(stop).ConfigureAwait(false);
        if (addresses is null || !await RouteAsync(addresses, stop).ConfigureAwait(false))
        {
            return WorkerState.ExitFailed;
        }

        using var connection = new Connection(options);
        try
        {
            ProbeReply reply = await ProbeAsync(connection, 0, stop).ConfigureAwait(false);
            Good("TLS", options.UsesTls ? "the coordinator's certificate is trusted" : "not used, neither here nor there");
            Good("token", options.JoinToken is null ? "none is asked for" : "accepted");
            if (reply.Refusal.Length > 0)
            {
                return Bad("version", reply.Refusal);
            }

            Good("version", $"{reply.ProgramVersion}, protocol {reply.ProtocolVersion}, as here; {reply.LiveWorkers} workers are joined");
            await MeasureAsync(connection, stop).ConfigureAwait(false);
            return WorkerState.ExitDone;
        }
        catch (Exception error) when (error is RpcException or IOException or OperationCanceledException)
        {
            return error is RpcException { StatusCode: StatusCode.Unauthenticated } refused
                ? Bad("token", refused.Status.Detail)
                : Bad("TLS", LinkFailure.EventOf(error, options) switch
                {
                    WorkerEvent.Refused refusal => refusal.Reason,
                    WorkerEvent.LinkLost lost => lost.Reason,
                    _ => error.Message,
                });
        }
    }

    private async Task<IPAddress[]?> NameAsync(CancellationToken stop)
    {
        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(options.Host, stop).ConfigureAwait(false);
            Good("name", $"{options.Host} is {string.Join<IPAddress>(", ", addresses)}");
            return addresses;
        }
        catch (SocketException error)
        {
            Bad("name", $"{options.Host} is not known here ({error.Message}); give an address, or a name that DNS knows");
            return null;
        }
    }

    private async Task<bool> RouteAsync(IPAddress[] addresses, CancellationToken stop)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            long start = time.GetTimestamp();
            await socket.ConnectAsync(addresses, options.Port, patience.Token).ConfigureAwait(false);
            Good("route", $"port {options.Port} answers after {time.GetElapsedTime(start).TotalMilliseconds:F1} ms, from {Plain(socket.LocalEndPoint)}");
            return true;
        }
        catch (SocketException error)
        {
            Bad("route", $"port {options.Port} does not answer: {error.Message}; is the coordinator started with --listen, and not on 127.0.0.1?");
        }
        catch (OperationCanceledException)
        {
            Bad("route", $"port {options.Port} does not answer within {Patience.TotalSeconds:F0} s; a firewall on the way may drop it");
        }

        return false;
    }

    /// <summary>An IPv4 address as people know it, although the socket speaks IPv6 as well.</summary>
    private static EndPoint? Plain(EndPoint? own) =>
        own is IPEndPoint { Address.IsIPv4MappedToIPv6: true } mapped ? new IPEndPoint(mapped.Address.MapToIPv4(), mapped.Port) : own;

    private async Task MeasureAsync(Connection connection, CancellationToken stop)
    {
        var milliseconds = new double[RoundTrips];
        for (int i = 0; i < RoundTrips; i++)
        {
            long start = time.GetTimestamp();
            await ProbeAsync(connection, 0, stop).ConfigureAwait(false);
            milliseconds[i] = time.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        Good("round trip", $"{milliseconds[RoundTrips / 2]:F2} ms (median of {RoundTrips})");
        long began = time.GetTimestamp();
        // Several at once, so that the way is measured and not the waiting for answers.
        await Parallel.ForAsync(
            0,
            Transfers,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = stop },
            async (_, cancelled) => await ProbeAsync(connection, ProtocolLimits.EchoBytesMax, cancelled).ConfigureAwait(false)).ConfigureAwait(false);
        double megabytes = Transfers * ProtocolLimits.EchoBytesMax / 1e6;
        Good("throughput", $"{megabytes / time.GetElapsedTime(began).TotalSeconds:F0} MB/s each way at once");
    }

    private async Task<ProbeReply> ProbeAsync(Connection connection, int bytes, CancellationToken stop)
    {
        var request = new ProbeRequest
        {
            ProtocolVersion = ProtocolVersion.Current,
            ProgramVersion = ProtocolVersion.Program,
            Echo = UnsafeByteOperations.UnsafeWrap(new byte[bytes]),
        };
        DateTime deadline = time.GetUtcNow().UtcDateTime + Patience;
        var call = new CallOptions(connection.Headers, deadline, stop);
        return await connection.Calls.AsyncUnaryCall(TrainingMethods.Probe, null, call, request).ConfigureAwait(false);
    }

    private void Good(string what, string text) => print($"ok    {what}: {text}");

    private int Bad(string what, string text)
    {
        print($"FAIL  {what}: {text}");
        return WorkerState.ExitFailed;
    }
}
