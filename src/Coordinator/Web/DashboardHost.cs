using System.Net;
using System.Text;
using Distributed.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Distributed.Coordinator.Web;

/// <summary>
/// Serves one run: the page at /, what it follows at /events, /metrics for Prometheus, /healthz and /readyz for whoever supervises the program, and
/// the two buttons as POST /checkpoint and POST /stop.
/// </summary>
public sealed class DashboardHost : IAsyncDisposable
{
    private const string Html = "text/html; charset=utf-8";

    private readonly WebApplication _application;
    private readonly DashboardFeed _feed;

    private DashboardHost(WebApplication application, DashboardFeed feed)
    {
        _application = application;
        _feed = feed;
        Address = new Uri(application.Urls.Single());
    }

    /// <summary>Where it is, with the port that was taken.</summary>
    public Uri Address { get; }

    /// <summary>Starts serving.</summary>
    /// <exception cref="InputException">The address cannot be used.</exception>
    public static async Task<DashboardHost> StartAsync(DashboardSettings settings, RunWatch watch, RunControls controls, TimeProvider time)
    {
        WebApplication application = DashboardEndPoint.Build(settings, time);
        var feed = new DashboardFeed(watch, time);
        var signIn = settings.Token is null ? null : new SignIn(settings.Token);
        var access = new AccessCheck(IPAddress.IsLoopback(settings.Address.Address), signIn);
        application.Use((context, next) => GuardAsync(context, access, next));
        Map(application, watch, feed, controls);
        if (signIn is not null)
        {
            application.MapGet(SignIn.Path, context => WriteAsync(context, Html, SignInPage.Render()));
            application.MapPost(SignIn.Path, context => SignInAsync(context, signIn));
        }

        try
        {
            await DashboardEndPoint.ListenAsync(application, settings).ConfigureAwait(false);
        }
        catch
        {
            await feed.DisposeAsync().ConfigureAwait(false);
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return new DashboardHost(application, feed);
    }

    /// <summary>Shows every open page the end, then stops serving.</summary>
    public async ValueTask DisposeAsync()
    {
        await _feed.DisposeAsync().ConfigureAwait(false);
        await _application.StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static void Map(WebApplication application, RunWatch watch, DashboardFeed feed, RunControls controls)
    {
        application.MapGet("/", context =>
        {
            RunSnapshot run = watch.Snapshot();
            return WriteAsync(context, Html, DashboardPage.Render(run, DashboardSections.Render(run)));
        });
        application.MapGet("/dashboard.js", context => WriteAsync(context, "text/javascript; charset=utf-8", DashboardFiles.Script));
        application.MapGet("/events", context =>
        {
            context.Response.ContentType = "text/event-stream";
            return FollowAsync(context, feed);
        });
        application.MapGet("/metrics", context => WriteAsync(context, PrometheusText.ContentType, PrometheusText.Render(watch.Snapshot())));
        application.MapGet("/healthz", context => WriteAsync(context, "text/plain", "ok\n"));
        application.MapGet("/readyz", context => ReadyAsync(context, watch.Snapshot()));
        application.MapPost("/checkpoint", context =>
        {
            controls.SaveCheckpoint();
            return WriteAsync(context, "text/plain", "A checkpoint is saved after this step.");
        });
        application.MapPost("/stop", context =>
        {
            controls.Stop();
            return WriteAsync(context, "text/plain", "The run stops after this step and saves a checkpoint; the terminal says how to go on.");
        });
    }

    private static Task ReadyAsync(HttpContext context, RunSnapshot run)
    {
        context.Response.StatusCode = run.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        string phase = run.Phase.ToString().ToLowerInvariant();
        return WriteAsync(context, "text/plain", $"{(run.IsReady ? "ready" : "not ready")}: {phase}, {run.LiveWorkers} live workers\n");
    }

    private static async Task FollowAsync(HttpContext context, DashboardFeed feed)
    {
        try
        {
            await feed.FollowAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The page was closed.
        }
    }

    /// <summary>The token leads to the page; anything else leads to the form again.</summary>
    private static async Task SignInAsync(HttpContext context, SignIn signIn)
    {
        IFormCollection? form = context.Request.HasFormContentType
            ? await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false)
            : null;
        if (form is null || !signIn.IsToken(form[SignInPage.Field].ToString().Trim()))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await WriteAsync(context, Html, SignInPage.Render("That is not the token.")).ConfigureAwait(false);
            return;
        }

        signIn.Accept(context);
        await SeeOther(context, "/").ConfigureAwait(false);
    }

    private static Task GuardAsync(HttpContext context, AccessCheck access, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers[HeaderNames.CacheControl] = "no-store";
        headers[HeaderNames.ContentSecurityPolicy] = DashboardPage.ContentPolicy;
        headers[HeaderNames.XContentTypeOptions] = "nosniff";

        // With "no-referrer" a browser would hide where the sign-in form comes from.
        headers["Referrer-Policy"] = "same-origin";
        bool isProbe = context.Request.Path.Value is "/healthz" or "/readyz";
        if (isProbe || access.Refuse(context.Request) is not { } refused)
        {
            return next(context);
        }

        if (refused == StatusCodes.Status401Unauthorized)
        {
            if (context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            {
                return SeeOther(context, SignIn.Path);
            }

            headers[HeaderNames.WWWAuthenticate] = "Bearer realm=\"dashboard\"";
        }

        context.Response.StatusCode = refused;
        return WriteAsync(context, "text/plain", AccessCheck.Explain(refused));
    }

    private static Task SeeOther(HttpContext context, string path)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
        return Task.CompletedTask;
    }

    private static async Task WriteAsync(HttpContext context, string contentType, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        context.Response.ContentType = contentType;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }
}
