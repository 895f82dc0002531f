using System.Security.Cryptography;
using System.Text;
using Distributed.Protocol.Wire;
using Grpc.Core;

namespace Distributed.Coordinator.Transport;

/// <summary>Holds the token that a call carries against the one that is asked for, in a time that does not depend on either.</summary>
internal static class TokenCheck
{
    /// <summary>Throws unless <paramref name="call"/> carries <paramref name="expected"/>; null asks for none.</summary>
    internal static void Require(ServerCallContext call, string? expected)
    {
        if (expected is null)
        {
            return;
        }

        string? given = call.RequestHeaders.GetValue(TrainingMethods.TokenEntry);
        if (given is null)
        {
            throw Refused("this coordinator asks for a join token; give the worker the same --join-token-file (or DISTRIBUTED_JOIN_TOKEN)");
        }

        // Digests have one length, so that the comparison tells nothing about the token's.
        if (!CryptographicOperations.FixedTimeEquals(DigestOf(given), DigestOf(expected)))
        {
            throw Refused("the join token is not the coordinator's; give the worker the same --join-token-file (or DISTRIBUTED_JOIN_TOKEN)");
        }
    }

    private static byte[] DigestOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static RpcException Refused(string reason) => new(new global::Grpc.Core.Status(StatusCode.Unauthenticated, reason));
}
