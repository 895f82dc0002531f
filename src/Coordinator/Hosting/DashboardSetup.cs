using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Web;
using Distributed.Protocol;
using Distributed.Protocol.Wire;

namespace Distributed.Coordinator.Hosting;

/// <summary>What the options say about the dashboard, with the files they name. Whatever would be unsafe is refused here.</summary>
internal static class DashboardSetup
{
    private const string TokenOption = "--dashboard-token";
    private const string TokenVariable = "DISTRIBUTED_DASHBOARD_TOKEN";

    /// <summary>A person may have thought the token up, and anybody who reaches the port may try.</summary>
    private const int TokenCharactersMin = 16;

    /// <summary>Null where no dashboard was asked for.</summary>
    /// <exception cref="InputException">The address is none, a file cannot be read, or the page would be open to everybody.</exception>
    internal static DashboardSettings? Read(TrainOptions options, Func<string, string?> environment)
    {
        if (options.Dashboard is not { } address)
        {
            return null;
        }

        string? token = TokenSource.Read(TokenOption, options.DashboardTokenFile, environment(TokenVariable));
        if (token is { Length: < TokenCharactersMin })
        {
            throw new InputException(
                $"{TokenOption}: the token has {token.Length} characters; {TokenCharactersMin} to {ProtocolLimits.TokenCharactersMax} are allowed; "
                    + "make one with: openssl rand -hex 32");
        }

        TlsMaterial? tls = options.TlsCertificate is null && options.TlsKey is null
            ? null
            : TlsMaterial.Load(options.TlsCertificate, options.TlsKey, authorityFile: null);
        var settings = new DashboardSettings(DashboardSettings.ParseAddress(address), token, tls);
        if (!options.Insecure)
        {
            OpenPort.Refuse(
                $"--dashboard {address}", settings.Address.Address, token, $"a token ({TokenOption} FILE, or {TokenVariable})", tls);
        }

        return settings;
    }
}
