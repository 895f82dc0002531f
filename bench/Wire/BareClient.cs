using System.Net;

namespace Distributed.Bench.Wire;

/// <summary>The client side of the bare routes.</summary>
internal sealed class BareClient(HttpMessageInvoker http, string address)
{
    private const int ChunkBytes = 64 * 1024;

    public async Task UploadAsync(int messages, int messageBytes)
    {
        byte[] chunk = new byte[ChunkBytes];
        var content = new StreamContent(async stream => await WriteAsync(stream, chunk, (long)messages * messageBytes));
        using HttpResponseMessage response = await http.SendAsync(Post("/upload", content), CancellationToken.None);
        await response.Content.ReadAsByteArrayAsync();
    }

    public async Task DownloadAsync(int messages, int messageBytes)
    {
        using HttpResponseMessage response = await http.SendAsync(Post($"/download/{(long)messages * messageBytes}", null), CancellationToken.None);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] chunk = new byte[ChunkBytes];
        while (await body.ReadAsync(chunk) > 0)
        {
        }
    }

    /// <summary>Both directions at once, without waiting for answers.</summary>
    public async Task ExchangeAsync(int messages, int messageBytes)
    {
        byte[] chunk = new byte[ChunkBytes];
        var content = new StreamContent(async stream => await WriteAsync(stream, chunk, (long)messages * messageBytes));
        using HttpResponseMessage response = await http.SendAsync(Post("/exchange", content), CancellationToken.None);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] received = new byte[ChunkBytes];
        while (await body.ReadAsync(received) > 0)
        {
        }
    }

    /// <summary>One message there, the same bytes back, then the next.</summary>
    public async Task PingPongAsync(int messages, int messageBytes, Action afterEach)
    {
        var opened = new TaskCompletionSource<Stream>(TaskCreationOptions.RunContinuationsAsynchronously);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var content = new StreamContent(async stream =>
        {
            await stream.FlushAsync();
            opened.SetResult(stream);
            await done.Task;
        });
        using HttpResponseMessage response = await http.SendAsync(Post("/exchange", content), CancellationToken.None);
        await using Stream input = await response.Content.ReadAsStreamAsync();
        Stream output = await opened.Task;
        byte[] message = new byte[messageBytes];
        for (int i = 0; i < messages; i++)
        {
            await WriteAsync(output, message.AsMemory(0, Math.Min(messageBytes, ChunkBytes)), messageBytes);
            await output.FlushAsync();
            await input.ReadExactlyAsync(message);
            afterEach();
        }
        done.SetResult();
        while (await input.ReadAsync(message) > 0)
        {
        }
    }

    private static async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> chunk, long bytes)
    {
        for (; bytes > 0; bytes -= chunk.Length)
            await stream.WriteAsync(chunk[..(int)Math.Min(bytes, chunk.Length)]);
    }

    private HttpRequestMessage Post(string path, HttpContent? content) => new(HttpMethod.Post, address + path)
    {
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        Content = content,
    };

    private sealed class StreamContent(Func<Stream, Task> write) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = -1;
            return false;
        }
    }
}
