namespace Distributed.Health;

/// <summary>The answer to one request.</summary>
/// <param name="Status">200, 404, 405 or 503.</param>
/// <param name="Text">ok, or the reason, in one line.</param>
public sealed record HealthAnswer(int Status, string Text)
{
    /// <summary>Says whether the program is alive.</summary>
    public const string LivePath = "/healthz";

    /// <summary>Says whether it can do its part.</summary>
    public const string ReadyPath = "/readyz";

    /// <summary>The one method that is answered.</summary>
    public const string Method = "GET";

    /// <summary>What needs no look at the program: null where <see cref="To"/> must be asked.</summary>
    public static HealthAnswer? WithoutState(string method, string path) => (path, method) switch
    {
        (not (LivePath or ReadyPath), _) => new HealthAnswer(404, $"not found; there are {LivePath} and {ReadyPath}"),
        (_, not Method) => new HealthAnswer(405, $"method not allowed; use {Method}"),
        _ => null,
    };

    /// <summary>The answer to a request for <paramref name="path"/> by a program that is in <paramref name="state"/>.</summary>
    public static HealthAnswer To(string method, string path, HealthState state)
    {
        string? reason = path == LivePath ? state.Fault : state.Fault ?? state.NotReady;
        return WithoutState(method, path) ?? (reason is null ? new HealthAnswer(200, "ok") : new HealthAnswer(503, reason.ReplaceLineEndings(" ")));
    }
}
