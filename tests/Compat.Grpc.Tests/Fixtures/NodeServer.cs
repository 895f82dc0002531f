using System.Diagnostics;
using Grpc.Net.Client;

namespace Distributed.Compat.Grpc.Tests.Fixtures;

/// <summary>The probe service as @grpc/grpc-js serves it, in a process of its own.</summary>
internal sealed class NodeServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly int _port;

    private NodeServer(Process process, int port) => (_process, _port) = (process, port);

    public static async Task<NodeServer> StartAsync()
    {
        await Node.RequireAsync();
        Process process = Node.Start("server.js");
        string? line = await process.StandardOutput.ReadLineAsync().WaitAsync(Calls.Patience);
        return new NodeServer(process, int.Parse(line ?? await process.StandardError.ReadToEndAsync()));
    }

    public GrpcChannel Connect() => GrpcChannel.ForAddress($"http://127.0.0.1:{_port}");

    /// <summary>The next thing that the server says about its calls.</summary>
    public async Task<string?> NextReportAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(Calls.Patience);

    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(2000))
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
