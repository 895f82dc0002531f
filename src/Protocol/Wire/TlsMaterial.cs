using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Distributed.Protocol.Wire;

/// <summary>The certificate that one side presents, and the authority that it trusts; either may be missing.</summary>
public sealed class TlsMaterial
{
    private readonly X509Certificate2Collection _authorities;

    private TlsMaterial(X509Certificate2? own, X509Certificate2Collection authorities)
    {
        Own = own;
        _authorities = authorities;
    }

    /// <summary>What this side presents.</summary>
    public X509Certificate2? Own { get; }

    /// <summary>True when an authority was given: then only what it signed is trusted, and both sides must present a certificate.</summary>
    public bool HasAuthority => _authorities.Count > 0;

    /// <summary>Reads PEM files.</summary>
    /// <exception cref="InputException">A file cannot be read, or is not what it should be.</exception>
    public static TlsMaterial Load(string? certificateFile, string? keyFile, string? authorityFile)
    {
        if (certificateFile is null != keyFile is null)
        {
            throw new InputException(
                $"{(certificateFile is null ? "--tls-key" : "--tls-certificate")} is given alone; --tls-certificate and --tls-key belong together.");
        }

        X509Certificate2? own = certificateFile is null
            ? null
            : Read("--tls-certificate", certificateFile, () => X509Certificate2.CreateFromPemFile(certificateFile, keyFile));
        var authorities = new X509Certificate2Collection();
        if (authorityFile is not null)
        {
            Read("--tls-ca", authorityFile, () =>
            {
                authorities.ImportFromPemFile(authorityFile);
                return authorities;
            });
            if (authorities.Count == 0)
            {
                throw new InputException($"--tls-ca {authorityFile}: the file holds no certificate; give a PEM file with at least one.");
            }
        }

        return new TlsMaterial(own, authorities);
    }

    /// <summary>
    /// True when the peer's <paramref name="certificate"/> is to be trusted: signed by the authority where one was given, else by one this machine trusts.
    /// A name that does not match is never trusted; a server does not look at its clients' names, which come without that error.
    /// </summary>
    public bool Trusts(X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 peer || (errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0)
        {
            return false;
        }

        if (!HasAuthority)
        {
            return errors == SslPolicyErrors.None;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(peer);
    }

    private static T Read<T>(string option, string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InputException($"{option} {file}: it cannot be read: {error.Message} Give a file in PEM format.", error);
        }
    }
}
