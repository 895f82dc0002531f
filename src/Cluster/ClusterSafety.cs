using Distributed.Protocol;
using Distributed.Protocol.Clusters;
using Distributed.Protocol.Wire;

namespace Distributed.Clustering;

/// <summary>What a cluster needs before other machines may reach it.</summary>
public static class ClusterSafety
{
    /// <exception cref="InputException">The cluster would be open to everybody, or TLS is only half there.</exception>
    public static void Require(ClusterOptions options, TlsMaterial? tls, bool isInsecure)
    {
        bool hasBoth = tls is { Own: not null, HasAuthority: true };
        if (tls is not null && !hasBoth)
        {
            throw new InputException(
                "--cluster with TLS needs --tls-certificate, --tls-key and --tls-ca at every node: "
                    + "nodes call each other, so each must present a certificate and check one");
        }

        bool isOpen = options.SeedNodes.Append(options.Own).Any(address => address is { IsLoopback: false });
        if (isOpen && !hasBoth && !isInsecure)
        {
            throw new InputException(
                "--cluster beyond this machine needs TLS (--tls-certificate FILE --tls-key FILE --tls-ca FILE); "
                    + "or say --insecure where the network is your own");
        }
    }
}
