using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Distributed.Coordinator.Web;

/// <summary>
/// How a browser shows the token: typed into a form, sent once in the body of a POST, then remembered as a cookie that scripts cannot read and pages of
/// other sites cannot make it send. The cookie is derived from the token and does not tell it; it outlives a restart of the coordinator, and is worth
/// nothing once the token is another. The token itself is in no address and in no cookie.
/// </summary>
public sealed class SignIn(string token)
{
    /// <summary>Where the form is sent.</summary>
    public const string Path = "/login";

    private readonly byte[] _tokenDigest = Digest(token);
    private readonly string _pass = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), "dashboard"u8));

    /// <summary>True when <paramref name="given"/> is the token.</summary>
    public bool IsToken(string given) => CryptographicOperations.FixedTimeEquals(Digest(given), _tokenDigest);

    /// <summary>True when the request comes from a browser that has signed in.</summary>
    public bool IsSignedIn(HttpRequest request) =>
        request.Cookies.TryGetValue(CookieName(request), out string? given) && CryptographicOperations.FixedTimeEquals(Digest(given), Digest(_pass));

    /// <summary>From now on the browser is signed in, until it is closed.</summary>
    public void Accept(HttpContext context) => context.Response.Cookies.Append(
        CookieName(context.Request),
        _pass,
        new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps });

    /// <summary>Cookies do not know ports: each dashboard of a machine needs a name of its own.</summary>
    private static string CookieName(HttpRequest request) => $"dashboard-{request.HttpContext.Connection.LocalPort}";

    /// <summary>Digests have one length, so that the time of a comparison tells nothing about the token's.</summary>
    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
