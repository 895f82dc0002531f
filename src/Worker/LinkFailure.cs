using System.Net.Sockets;
using System.Security.Authentication;
using Distributed.Protocol;
using Distributed.Protocol.Wire;
using Grpc.Core;

namespace Distributed.Worker;

/// <summary>What an exception on the way to the coordinator means, in one sentence, and whether trying again can help.</summary>
internal static class LinkFailure
{
    internal static WorkerEvent EventOf(Exception error, WorkerOptions options)
    {
        if (Find<AuthenticationException>(error) is { } tls)
        {
            return new WorkerEvent.Refused(
                $"TLS with {options.Address} failed: {tls.Message} Give --tls-ca with the authority that signed the coordinator's certificate, "
                    + "and use a host name that the certificate has.",
                Permanent: true);
        }

        return error switch
        {
            RpcException { StatusCode: StatusCode.Unauthenticated } rpc => new WorkerEvent.Refused(rpc.Status.Detail, Permanent: true),
            InputException input => new WorkerEvent.Refused(input.Message, Permanent: true),
            WireException wire => new WorkerEvent.LinkLost($"the link to {options.Address} is closed: {wire.Message}"),
            _ => new WorkerEvent.LinkLost(Sentence(error, options)),
        };
    }

    private static string Sentence(Exception error, WorkerOptions options)
    {
        if (Find<SocketException>(error) is { } socket)
        {
            return socket.SocketErrorCode switch
            {
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
                    $"the name {options.Host} is not known here; give an address, or a name that DNS knows",
                SocketError.ConnectionRefused => $"nobody answers at {options.Address}: no coordinator listens there",
                SocketError.HostUnreachable or SocketError.NetworkUnreachable => $"there is no route to {options.Address}",
                _ => $"the connection to {options.Address} broke: {socket.Message}",
            };
        }

        string detail = error is RpcException rpc ? rpc.Status.Detail : error.Message;
        string hint = !options.UsesTls ? " (if the coordinator uses TLS, give --tls-ca)"
            : options.Tls?.Own is null ? " (if the coordinator asks workers for a certificate, give --tls-certificate and --tls-key)"
            : "";
        return $"the connection to {options.Address} broke{hint}: {detail}";
    }

    private static T? Find<T>(Exception? error)
        where T : Exception
    {
        for (; error is not null; error = error is RpcException rpc ? rpc.Status.DebugException ?? rpc.InnerException : error.InnerException)
        {
            if (error is T found)
            {
                return found;
            }
        }

        return null;
    }
}
