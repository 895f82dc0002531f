using System.Net;
using Distributed.Protocol;
using Distributed.Protocol.Wire;

namespace Distributed.Coordinator.Hosting;

/// <summary>The rule for a port that other machines can reach: it asks for a token and speaks TLS, unless --insecure says otherwise.</summary>
internal static class OpenPort
{
    /// <param name="option">The option with its value, as --listen 0.0.0.0:7600.</param>
    /// <param name="address">What is listened on.</param>
    /// <param name="token">The token that it asks for, or null.</param>
    /// <param name="tokenWords">Which token is meant, and how it is given.</param>
    /// <param name="tls">Its certificate, or null.</param>
    /// <exception cref="InputException">Something is missing.</exception>
    internal static void Refuse(string option, IPAddress address, string? token, string tokenWords, TlsMaterial? tls)
    {
        const string Tls = "TLS (--tls-certificate FILE --tls-key FILE)";
        string? missing = (token, tls) switch
        {
            (null, null) => $"{tokenWords} and {Tls}",
            (null, _) => tokenWords,
            (_, null) => Tls,
            _ => null,
        };
        if (missing is not null && !IPAddress.IsLoopback(address))
        {
            throw new InputException(
                $"{option} is open to other machines and needs {missing}; or say --insecure where the network is your own.");
        }
    }
}
