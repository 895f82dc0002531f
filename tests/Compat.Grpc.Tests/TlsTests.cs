using System.Security.Cryptography.X509Certificates;
using Distributed.Compat.Grpc.Tests.Fixtures;
using Distributed.Compat.Grpc.Tests.Proto;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Distributed.Compat.Grpc.Tests;

public sealed class TlsTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    [Fact]
    public async Task CallsWorkOverTls()
    {
        await using TestServer server = await StartAsync(ClientCertificateMode.NoCertificate);
        using GrpcChannel channel = Connect(server, null, _certificates);
        Assert.StartsWith("https://", server.Address, StringComparison.Ordinal);
        await PingPongAsync(channel);
        Assert.Equal("", (await server.Client(channel).EchoAsync(new Note { Text = "identity" })).Text);
    }

    [Fact]
    public async Task MutualTlsTellsTheHandlerWhoCalls()
    {
        await using TestServer server = await StartAsync(ClientCertificateMode.RequireCertificate);
        using X509Certificate2 worker = _certificates.Issue("worker-7");
        using GrpcChannel channel = Connect(server, worker, _certificates);
        await PingPongAsync(channel);
        Assert.Equal("worker-7", (await server.Client(channel).EchoAsync(new Note { Text = "identity" })).Text);
    }

    [Fact]
    public async Task AClientWithoutACertificateIsTurnedAway()
    {
        await using TestServer server = await StartAsync(ClientCertificateMode.RequireCertificate);
        using GrpcChannel channel = Connect(server, null, _certificates);
        await RefusedAsync(server, channel);
    }

    [Fact]
    public async Task AClientOfAnotherAuthorityIsTurnedAway()
    {
        using var others = new TestCertificates();
        await using TestServer server = await StartAsync(ClientCertificateMode.RequireCertificate);
        using X509Certificate2 worker = others.Issue("worker-7");
        using GrpcChannel channel = Connect(server, worker, _certificates);
        await RefusedAsync(server, channel);
    }

    [Fact]
    public async Task AServerOfAnotherAuthorityIsNotTrusted()
    {
        using var others = new TestCertificates();
        await using TestServer server = await StartAsync(ClientCertificateMode.NoCertificate);
        using GrpcChannel channel = Connect(server, null, others);
        await RefusedAsync(server, channel);
    }

    [Fact]
    public async Task APlainClientCannotUseATlsPort()
    {
        await using TestServer server = await StartAsync(ClientCertificateMode.NoCertificate);
        using GrpcChannel channel = GrpcChannel.ForAddress(server.Address.Replace("https", "http", StringComparison.Ordinal));
        await RefusedAsync(server, channel);
    }

    [Fact]
    public async Task ATlsClientCannotUseAPlainPort()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = GrpcChannel.ForAddress(server.Address.Replace("http", "https", StringComparison.Ordinal));
        await RefusedAsync(server, channel);
    }

    [Fact]
    public void CredentialsMustAgreeWithTheAddress()
    {
        var insecure = new GrpcChannelOptions { Credentials = ChannelCredentials.Insecure };
        var secure = new GrpcChannelOptions { Credentials = ChannelCredentials.SecureSsl };
        Assert.Throws<InvalidOperationException>(() => GrpcChannel.ForAddress("https://127.0.0.1:1", insecure));
        Assert.Throws<InvalidOperationException>(() => GrpcChannel.ForAddress("http://127.0.0.1:1", secure));
        GrpcChannel.ForAddress("http://127.0.0.1:1", insecure).Dispose();
        GrpcChannel.ForAddress("https://127.0.0.1:1", secure).Dispose();
    }

    [Fact]
    public async Task AnotherImplementationsMutualTlsIsUnderstood()
    {
        await Node.RequireAsync();
        await using TestServer server = await StartAsync(ClientCertificateMode.RequireCertificate);
        using X509Certificate2 worker = _certificates.Issue("worker-7");
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            string[] files = [.. new[] { "ca.pem", "certificate.pem", "key.pem" }.Select(name => Path.Combine(folder.FullName, name))];
            await File.WriteAllTextAsync(files[0], _certificates.Authority.ExportCertificatePem());
            await File.WriteAllTextAsync(files[1], worker.ExportCertificatePem());
            await File.WriteAllTextAsync(files[2], worker.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
            string output = await Node.RunAsync("client.js", [$"localhost:{server.Port}", "identity", .. files]);
            Assert.True(output == "ok", output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public void Dispose() => _certificates.Dispose();

    private Task<TestServer> StartAsync(ClientCertificateMode mode)
    {
        X509Certificate2 certificate = _certificates.Issue("localhost");
        return TestServer.StartAsync(listen: endpoint => endpoint.UseHttps(https =>
        {
            https.ServerCertificate = certificate;
            https.ClientCertificateMode = mode;
            https.ClientCertificateValidation = (client, _, _) => _certificates.Trusts(client);
        }));
    }

    private static GrpcChannel Connect(TestServer server, X509Certificate2? own, TestCertificates trusted)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => trusted.Trusts(certificate);
        if (own is not null)
            handler.SslOptions.ClientCertificates = [own];
        return server.Connect(options => (options.HttpHandler, options.DisposeHttpClient) = (handler, true));
    }

    private static async Task PingPongAsync(GrpcChannel channel)
    {
        using AsyncDuplexStreamingCall<Note, Note> call = new Probe.ProbeClient(channel).Chat();
        for (int i = 0; i < 10; i++)
        {
            await call.RequestStream.WriteAsync(new Note { Number = i, Payload = Google.Protobuf.ByteString.CopyFrom(new byte[100_000]) });
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(2 * i, call.ResponseStream.Current.Number);
        }
    }

    /// <summary>Fails at once, reaches no handler.</summary>
    private static async Task RefusedAsync(TestServer server, GrpcChannel channel)
    {
        RpcException exception = await Assert.ThrowsAsync<RpcException>(
            () => server.Client(channel).Count(new Note()).ResponseStream.MoveNext().WaitAsync(Calls.Patience));
        Assert.True(exception.StatusCode is StatusCode.Unavailable or StatusCode.Internal, exception.ToString());
        Assert.Empty(server.Log.Ends);
    }
}
