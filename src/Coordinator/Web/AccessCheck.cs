using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Distributed.Coordinator.Web;

/// <summary>Who may see and do what. The answer is a status code, or null for yes.</summary>
/// <param name="isLocal">True when the page is for this machine alone.</param>
/// <param name="signIn">Knows the token; null where none is asked for.</param>
public sealed class AccessCheck(bool isLocal, SignIn? signIn)
{
    /// <summary>
    /// Every request that changes something carries this header. A page of another site can only send it after asking with OPTIONS, which is
    /// never allowed.
    /// </summary>
    public const string ChangeHeader = "X-Dashboard";

    /// <summary>Whether a request may be answered at all.</summary>
    public int? Refuse(HttpRequest request)
    {
        if (!IsOurHost(request.Host))
        {
            return StatusCodes.Status421MisdirectedRequest;
        }

        bool isReading = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (!isReading && !IsOurOrigin(request))
        {
            return StatusCodes.Status403Forbidden;
        }

        if (request.Path == SignIn.Path)
        {
            return null;
        }

        return !HasToken(request) ? StatusCodes.Status401Unauthorized
            : isReading || request.Headers.ContainsKey(ChangeHeader) ? null
            : StatusCodes.Status403Forbidden;
    }

    /// <summary>A refusal in words.</summary>
    public static string Explain(int status) => status switch
    {
        StatusCodes.Status421MisdirectedRequest => "This dashboard answers to localhost and loopback addresses only.",
        StatusCodes.Status401Unauthorized =>
            "This dashboard asks for its token, the first line of the file that --dashboard-token names; a program sends the header "
                + "Authorization: Bearer TOKEN.",
        _ => $"Changes are accepted from the dashboard's own page only; a program sends the header {ChangeHeader}: 1.",
    };

    /// <summary>
    /// A page that other machines cannot reach answers to no name of theirs: a foreign name that was made to point here (DNS rebinding) would let a
    /// foreign page read ours.
    /// </summary>
    private bool IsOurHost(HostString host)
    {
        string name = host.Host.Trim('[', ']');
        return !isLocal || name == "localhost" || (IPAddress.TryParse(name, out IPAddress? address) && IPAddress.IsLoopback(address));
    }

    /// <summary>A program shows the token with every request; a browser once, on the page that asks for it.</summary>
    private bool HasToken(HttpRequest request)
    {
        const string Bearer = "Bearer ";
        string authorization = request.Headers.Authorization.ToString();
        return signIn is null
            || signIn.IsSignedIn(request)
            || (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && signIn.IsToken(authorization[Bearer.Length..]));
    }

    private static bool IsOurOrigin(HttpRequest request)
    {
        string origin = request.Headers[HeaderNames.Origin].ToString();
        return origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}";
    }
}
