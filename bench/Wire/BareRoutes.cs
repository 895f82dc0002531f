using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Distributed.Bench.Wire;

/// <summary>The same traffic without gRPC: bytes in, bytes out, no framing and no conversion.</summary>
internal static class BareRoutes
{
    public static void Map(WebApplication application)
    {
        application.MapPost("/upload", UploadAsync);
        application.MapPost("/download/{bytes:long}", DownloadAsync);
        application.MapPost("/exchange", ExchangeAsync);
    }

    private static async Task UploadAsync(HttpContext http)
    {
        while (true)
        {
            ReadResult result = await http.Request.BodyReader.ReadAsync();
            http.Request.BodyReader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
                return;
        }
    }

    private static async Task DownloadAsync(HttpContext http, long bytes)
    {
        byte[] chunk = new byte[64 * 1024];
        for (; bytes > 0; bytes -= chunk.Length)
            await http.Response.BodyWriter.WriteAsync(chunk.AsMemory(0, (int)Math.Min(bytes, chunk.Length)));
    }

    private static async Task ExchangeAsync(HttpContext http)
    {
        await http.Response.StartAsync();
        await http.Response.BodyWriter.FlushAsync();
        while (true)
        {
            ReadResult result = await http.Request.BodyReader.ReadAsync();
            foreach (ReadOnlyMemory<byte> segment in result.Buffer)
                http.Response.BodyWriter.Write(segment.Span);
            http.Request.BodyReader.AdvanceTo(result.Buffer.End);
            await http.Response.BodyWriter.FlushAsync();
            if (result.IsCompleted)
                return;
        }
    }
}
