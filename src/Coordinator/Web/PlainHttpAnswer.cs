using System.Buffers;
using System.IO.Pipelines;
using Distributed.Protocol.Wire;
using Microsoft.AspNetCore.Connections;

namespace Distributed.Coordinator.Web;

/// <summary>Tells whoever speaks plain HTTP to a port with TLS that it does, where TLS alone would hang up without a word.</summary>
internal static class PlainHttpAnswer
{
    /// <summary>What every TLS connection begins with: the type of a handshake record (RFC 8446, 5.1).</summary>
    private const byte HandshakeRecord = 22;

    private static readonly byte[] Answer =
        """
        HTTP/1.1 400 Bad Request
        Content-Type: text/plain
        Connection: close

        This port speaks TLS: the address begins with https://

        """u8.ToArray();

    /// <summary>Looks at the first byte of a connection and leaves it where it is.</summary>
    internal static async Task PassTlsAsync(ConnectionContext connection, ConnectionDelegate next, TimeProvider time)
    {
        using var patience = new CancellationTokenSource(ProtocolLimits.HandshakeMax, time);
        try
        {
            ReadResult read = await connection.Transport.Input.ReadAsync(patience.Token).ConfigureAwait(false);
            bool isTls = !read.Buffer.IsEmpty && read.Buffer.FirstSpan[0] == HandshakeRecord;
            bool isSilent = read.Buffer.IsEmpty;
            connection.Transport.Input.AdvanceTo(read.Buffer.Start);
            if (isTls)
            {
                await next(connection).ConfigureAwait(false);
            }
            else if (!isSilent)
            {
                await connection.Transport.Output.WriteAsync(Answer, patience.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody says anything: hang up.
        }
    }
}
