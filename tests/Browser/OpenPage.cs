using System.Text.RegularExpressions;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Reports;
using Distributed.EndToEnd.Processes;
using Microsoft.Playwright;

namespace Distributed.Browser;

/// <summary>The dashboard in a browser window of its own. It must ask nobody but the dashboard, and nothing may go wrong in it.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _problems = [];

    private OpenPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    internal IPage Page { get; }

    /// <summary>Console errors, uncaught exceptions and requests to other places.</summary>
    internal IReadOnlyList<string> Problems => _problems;

    internal static async Task<OpenPage> OpenAsync(
        IBrowser browser, Uri address, int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light, bool trustsAnyCertificate = false)
    {
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            IgnoreHTTPSErrors = trustsAnyCertificate,
        });
        IPage page = await context.NewPageAsync();
        var open = new OpenPage(context, page);
        page.Console += (_, message) => open.Note(message.Type is "error" or "warning", $"{message.Type}: {message.Text}");
        page.PageError += (_, error) => open.Note(true, error);
        page.Request += (_, request) => open.Note(!IsOurs(request.Url, address), $"asks for {request.Url}");
        await page.GotoAsync(address.ToString());
        return open;
    }

    /// <summary>Opens the dashboard of a program that has been started and may not have said yet where it is.</summary>
    internal static async Task<OpenPage> OpenAsync(
        IBrowser browser, RunningProgram coordinator, int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        await coordinator.SaysAsync("dashboard: ");
        return await OpenAsync(browser, new Uri(Regex.Match(coordinator.Error, @"dashboard: (\S+)").Groups[1].Value), width, height, scheme);
    }

    /// <summary>Waits until the page knows the end of <paramref name="epoch"/>.</summary>
    internal Task EpochAsync(int epoch) =>
        Page.Locator($"tr[data-epoch='{epoch}']").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

    /// <summary>No part of it is wider than the window.</summary>
    internal async Task FitsAsync() =>
        Assert.True(await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways");

    internal Task<string> TextAsync(string selector) => Page.Locator(selector).InnerTextAsync();

    /// <summary>The page's figures and table are those of <paramref name="epochs"/>, all of which have validation and test samples.</summary>
    internal async Task ShowsAsync(IReadOnlyList<EpochMetrics> epochs)
    {
        if (!await Page.Locator("details").EvaluateAsync<bool>("details => details.open"))
        {
            await Page.Locator("summary").ClickAsync();
        }

        Assert.Equal(epochs.Count, await Page.Locator("tr[data-epoch]").CountAsync());
        foreach (EpochMetrics epoch in epochs)
        {
            IReadOnlyList<string> cells = await Page.Locator($"tr[data-epoch='{epoch.Epoch}'] td").AllInnerTextsAsync();
            string[] expected =
            [
                ReportText.Count(epoch.Epoch), ReportText.Loss(epoch.TrainLoss), ReportText.Percent(epoch.TrainAccuracy),
                ReportText.Loss(epoch.ValidationLoss), ReportText.Percent(epoch.ValidationAccuracy),
                ReportText.Loss(epoch.TestLoss), ReportText.Percent(epoch.TestAccuracy),
                ReportText.Count(epoch.SamplesPerSecond), ReportText.Duration(epoch.Seconds),
            ];
            Assert.Equal(expected, cells);
        }

        IReadOnlyList<string> classes = await Page.Locator("[data-class] span").AllInnerTextsAsync();
        Assert.Equal(epochs[^1].TestClassAccuracy!.Select(ReportText.Percent), classes);
        Assert.Equal(ReportText.Percent(epochs[^1].TestAccuracy), await TextAsync("#figure-accuracy"));
        Assert.Equal(ReportText.Count(epochs[^1].Step), await TextAsync("#figure-step"));
    }

    /// <summary>Keeps a picture of the whole page among the test's output.</summary>
    internal async Task PictureAsync(string name)
    {
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Pictures.PathOf($"{name}.png"), FullPage = true });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private static bool IsOurs(string url, Uri address) =>
        url.StartsWith($"{address}", StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal);

    private void Note(bool isProblem, string what)
    {
        if (isProblem)
        {
            lock (_problems)
            {
                _problems.Add(what);
            }
        }
    }
}
