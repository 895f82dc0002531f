using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Distributed.Coordinator.Web;

/// <summary>Who may see and do what. The answer is a status code, or null for yes.</summary>
/// <param name="settings">The token, and whether the page is for this machine alone.</param>
public sealed class AccessCheck(DashboardSettings settings)
{
    /// <summary>
    /// Every request that changes something carries this header. A page of another site can only send it after asking with OPTIONS, which is
    /// never allowed.
    /// </summary>
    public const string ChangeHeader = "X-Dashboard";

    private readonly byte[]? _tokenDigest = settings.Token is null ? null : Digest(settings.Token);

    /// <summary>Whether a request may be answered at all.</summary>
    public int? Refuse(HttpRequest request)
    {
        if (!IsOurHost(request.Host))
        {
            return StatusCodes.Status421MisdirectedRequest;
        }

        if (!HasToken(request.Headers.Authorization.ToString()))
        {
            return StatusCodes.Status401Unauthorized;
        }

        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || IsFromOurPage(request)
            ? null
            : StatusCodes.Status403Forbidden;
    }

    /// <summary>A refusal in words.</summary>
    public static string Explain(int status) => status switch
    {
        StatusCodes.Status421MisdirectedRequest => "This dashboard answers to localhost and loopback addresses only.",
        StatusCodes.Status401Unauthorized => "This dashboard asks for its token: the first line of the file that --dashboard-token names.",
        _ => $"Changes are accepted from the dashboard's own page only; a program sends the header {ChangeHeader}: 1.",
    };

    /// <summary>
    /// A page that other machines cannot reach answers to no name of theirs: a foreign name that was made to point here (DNS rebinding) would let a
    /// foreign page read ours.
    /// </summary>
    private bool IsOurHost(HostString host)
    {
        if (!IPAddress.IsLoopback(settings.Address.Address))
        {
            return true;
        }

        string name = host.Host.Trim('[', ']');
        return name == "localhost" || (IPAddress.TryParse(name, out IPAddress? address) && IPAddress.IsLoopback(address));
    }

    /// <summary>As a bearer token, or as the password of any user: that is what a browser asks for by itself.</summary>
    private bool HasToken(string authorization)
    {
        if (_tokenDigest is null)
        {
            return true;
        }

        const string Bearer = "Bearer ";
        const string Basic = "Basic ";
        string given = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..]
            : authorization.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) ? Password(authorization[Basic.Length..])
            : "";

        // Digests have one length, so that the time of the comparison tells nothing about the token's.
        return CryptographicOperations.FixedTimeEquals(Digest(given), _tokenDigest);
    }

    private static bool IsFromOurPage(HttpRequest request)
    {
        string origin = request.Headers[HeaderNames.Origin].ToString();
        return request.Headers.ContainsKey(ChangeHeader) && (origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}");
    }

    private static string Password(string credentials)
    {
        var bytes = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials, bytes, out int count))
        {
            return "";
        }

        string text = Encoding.UTF8.GetString(bytes, 0, count);
        return text[(text.IndexOf(':') + 1)..];
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
