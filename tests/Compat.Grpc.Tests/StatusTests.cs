using System.Net;
using System.Net.Http.Headers;
using Distributed.Compat.Grpc.Tests.Fixtures;
using Distributed.Compat.Grpc.Tests.Proto;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Distributed.Compat.Grpc.Tests;

/// <summary>How the end of a call reaches the client.</summary>
public sealed class StatusTests
{
    [Fact]
    public async Task AHandlersRpcExceptionArrivesWithItsTrailers()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        AsyncUnaryCall<Note> call = server.Client(channel).EchoAsync(new Note { Text = "fail" });
        RpcException exception = await Calls.FailsAsync(StatusCode.FailedPrecondition, () => call.ResponseAsync);
        Assert.Equal(ProbeService.FailureDetail, exception.Status.Detail);
        Assert.Equal("stale-weights", exception.Trailers.GetValue("reason"));
        Assert.Equal(new byte[] { 0, 1, 254, 255 }, exception.Trailers.GetValueBytes("digest-bin"));
        Assert.Equal(StatusCode.FailedPrecondition, call.GetStatus().StatusCode);
        Assert.Equal("stale-weights", call.GetTrailers().GetValue("reason"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnyOtherExceptionIsUnknownAndToldOnlyWhenAllowed(bool detailed)
    {
        await using TestServer server = await TestServer.StartAsync(options => options.EnableDetailedErrors = detailed);
        using GrpcChannel channel = server.Connect();
        RpcException exception = await Calls.FailsAsync(
            StatusCode.Unknown, () => server.Client(channel).EchoAsync(new Note { Text = "crash" }).ResponseAsync);
        Assert.StartsWith("Exception was thrown by handler.", exception.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(detailed, exception.Status.Detail.Contains("the handler's own trouble", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AHandlerMaySetTheStatusAndStillReturn()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        RpcException exception = await Calls.FailsAsync(
            StatusCode.DataLoss, () => server.Client(channel).EchoAsync(new Note { Text = "status" }).ResponseAsync);
        Assert.Equal("set by the handler", exception.Status.Detail);
    }

    [Fact]
    public async Task AHandlerThatReturnsNothingFails()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        await Calls.FailsAsync(StatusCode.Cancelled, () => server.Client(channel).EchoAsync(new Note { Text = "null" }).ResponseAsync);
    }

    [Fact]
    public async Task AStatusAfterMessagesComesAfterThem()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        using AsyncServerStreamingCall<Note> call = server.Client(channel).Count(new Note { Number = 3, Text = "fail" });
        for (int i = 0; i < 3; i++)
            Assert.True(await call.ResponseStream.MoveNext());
        RpcException exception = await Calls.FailsAsync(StatusCode.Aborted, () => call.ResponseStream.MoveNext());
        Assert.Equal("after the messages", exception.Status.Detail);
        Assert.Equal("3", exception.Trailers.GetValue("sent"));
    }

    [Fact]
    public async Task AServerThatStopsEarlyStopsTheClientsWrites()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        using AsyncClientStreamingCall<Note, Note> call = server.Client(channel).Collect();
        await call.RequestStream.WriteAsync(new Note { Text = "fail" });
        RpcException exception = await Calls.FailsAsync(StatusCode.OutOfRange, () => call.ResponseAsync);
        Assert.Equal("stop sending", exception.Status.Detail);
        await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new Note()).WaitAsync(Calls.Patience));
    }

    [Theory]
    [InlineData("fail", StatusCode.ResourceExhausted)]
    [InlineData("bye", StatusCode.OK)]
    public async Task AServerMayEndADuplexCallWhileTheClientStillWrites(string text, StatusCode expected)
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        using AsyncDuplexStreamingCall<Note, Note> call = server.Client(channel).Chat();
        await call.RequestStream.WriteAsync(new Note { Text = text });
        if (expected == StatusCode.OK)
            Assert.False(await call.ResponseStream.MoveNext().WaitAsync(Calls.Patience));
        else
            await Calls.FailsAsync(expected, () => call.ResponseStream.MoveNext());
        Assert.Equal(expected, call.GetStatus().StatusCode);
    }

    [Theory]
    [InlineData("distributed.probe.Probe", "Vanish")]
    [InlineData("distributed.probe.Nobody", "Echo")]
    public async Task WhatNobodyServesIsUnimplemented(string service, string name)
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        var method = new Method<string, string>(MethodType.Unary, service, name, Marshallers.StringMarshaller, Marshallers.StringMarshaller);
        await Calls.FailsAsync(
            StatusCode.Unimplemented, () => channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(), "").ResponseAsync);
    }

    [Theory]
    [InlineData(400, StatusCode.Internal)]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(429, StatusCode.Unavailable)]
    [InlineData(500, StatusCode.Unknown)]
    [InlineData(503, StatusCode.Unavailable)]
    public async Task AnHttpErrorBecomesAStatus(int http, StatusCode expected)
    {
        var method = new Method<string, string>(MethodType.Unary, "plain", "page", Marshallers.StringMarshaller, Marshallers.StringMarshaller);
        await using TestServer server = await TestServer.StartAsync(map: application => application.MapPost("/plain/page", context =>
        {
            context.Response.StatusCode = http;
            return Task.CompletedTask;
        }));
        using GrpcChannel channel = server.Connect();
        RpcException exception = await Calls.FailsAsync(
            expected, () => channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(), "").ResponseAsync);
        Assert.Contains($"{http}", exception.Status.Detail, StringComparison.Ordinal);
    }

    /// <summary>The codes of "HTTP2 Transport Mapping, Errors" in the gRPC over HTTP/2 specification.</summary>
    [Theory]
    [InlineData(0x1, StatusCode.Internal)]
    [InlineData(0x2, StatusCode.Internal)]
    [InlineData(0x8, StatusCode.Cancelled)]
    [InlineData(0xb, StatusCode.ResourceExhausted)]
    [InlineData(0xc, StatusCode.PermissionDenied)]
    public async Task AResetStreamBecomesAStatus(int errorCode, StatusCode expected)
    {
        var method = new Method<string, string>(MethodType.Unary, "plain", "reset", Marshallers.StringMarshaller, Marshallers.StringMarshaller);
        await using TestServer server = await TestServer.StartAsync(map: application => application.MapPost("/plain/reset", context =>
        {
            context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(errorCode);
            return Task.CompletedTask;
        }));
        using GrpcChannel channel = server.Connect();
        await Calls.FailsAsync(
            expected, () => channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(), "").ResponseAsync);
    }

    [Theory]
    [InlineData("text/plain", "page", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/grpcish", "page", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/grpc", "page", HttpStatusCode.OK)]
    [InlineData("application/grpc+proto", "page", HttpStatusCode.OK)]
    public async Task OnlyGrpcRequestsAreServed(string contentType, string body, HttpStatusCode expected)
    {
        await using TestServer server = await TestServer.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{server.Address}/distributed.probe.Probe/Echo")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new StringContent(body),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        using HttpResponseMessage response = await http.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
        Assert.True(response.Headers.Contains("grpc-status"));
    }

    [Fact]
    public async Task NobodyListeningIsUnavailable()
    {
        int port;
        await using (TestServer server = await TestServer.StartAsync())
            port = server.Port;
        using GrpcChannel channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        await Calls.FailsAsync(StatusCode.Unavailable, () => new Probe.ProbeClient(channel).EchoAsync(new Note()).ResponseAsync);
        using AsyncDuplexStreamingCall<Note, Note> call = new Probe.ProbeClient(channel).Chat();
        await Calls.FailsAsync(StatusCode.Unavailable, () => call.ResponseStream.MoveNext());
        await Calls.FailsAsync(StatusCode.Unavailable, () => call.RequestStream.WriteAsync(new Note()));
    }

    [Fact]
    public async Task TheStatusOfARunningCallIsNotKnownYet()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        using AsyncDuplexStreamingCall<Note, Note> call = server.Client(channel).Chat();
        Assert.Throws<InvalidOperationException>(() => call.GetStatus());
        Assert.Throws<InvalidOperationException>(() => call.GetTrailers());
    }

    [Fact]
    public async Task OneReadAndOneWriteAtATime()
    {
        await using TestServer server = await TestServer.StartAsync();
        using GrpcChannel channel = server.Connect();
        using AsyncDuplexStreamingCall<Note, Note> call = server.Client(channel).Chat();
        Task<bool> read = call.ResponseStream.MoveNext();
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.ResponseStream.MoveNext());
        await call.RequestStream.WriteAsync(new Note());
        Assert.True(await read);
        await call.RequestStream.CompleteAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(new Note()));
    }
}
