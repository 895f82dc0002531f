using System.Net;
using System.Net.Sockets;
using System.Text;
using Distributed.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;

namespace Distributed.Coordinator.Web;

/// <summary>
/// Serves one run: the page at /, what it follows at /events, /metrics for Prometheus, /healthz and /readyz for whoever supervises the program, and
/// the two buttons as POST /checkpoint and POST /stop.
/// </summary>
public sealed class DashboardHost : IAsyncDisposable
{
    private const int ConnectionsMax = 256;
    private const int RequestBytesMax = 4096;

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
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxConcurrentConnections = ConnectionsMax;
            options.Limits.MaxRequestBodySize = RequestBytesMax;
            options.Listen(settings.Address, endPoint => endPoint.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        WebApplication application = builder.Build();
        var feed = new DashboardFeed(watch, time);
        var access = new AccessCheck(settings);
        application.Use((context, next) => GuardAsync(context, access, next));
        Map(application, watch, feed, controls);
        await ListenAsync(application, feed, settings.Address).ConfigureAwait(false);
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
            return WriteAsync(context, "text/html; charset=utf-8", DashboardPage.Render(run, DashboardSections.Render(run)));
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

    private static Task GuardAsync(HttpContext context, AccessCheck access, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers[HeaderNames.CacheControl] = "no-store";
        headers[HeaderNames.ContentSecurityPolicy] = DashboardPage.ContentPolicy;
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        bool isProbe = context.Request.Path.Value is "/healthz" or "/readyz";
        if (isProbe || access.Refuse(context.Request) is not { } refused)
        {
            return next(context);
        }

        context.Response.StatusCode = refused;
        if (refused == StatusCodes.Status401Unauthorized)
        {
            headers[HeaderNames.WWWAuthenticate] = "Basic realm=\"dashboard: any user, the token as password\", charset=\"UTF-8\"";
        }

        return WriteAsync(context, "text/plain", AccessCheck.Explain(refused));
    }

    private static async Task WriteAsync(HttpContext context, string contentType, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        context.Response.ContentType = contentType;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task ListenAsync(WebApplication application, DashboardFeed feed, IPEndPoint address)
    {
        try
        {
            await application.StartAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await feed.DisposeAsync().ConfigureAwait(false);
            await application.DisposeAsync().ConfigureAwait(false);
            throw new InputException(
                $"--dashboard {address} cannot be used: {error.GetBaseException().Message}; give another port, or port 0 for any free one", error);
        }
    }

    /// <summary>Signals are the program's own business.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
