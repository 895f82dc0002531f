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

    internal Task<string> TextAsync(string selector) => Page.Locator(selector).InnerTextAsync();

    /// <summary>Keeps a picture of the whole page among the test's output.</summary>
    internal async Task PictureAsync(string name)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "TestResults", "pictures");
        string path = Path.Combine(folder, $"{name}.png");
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
        Assert.True(new FileInfo(path).Length > 0);
        TestContext.Current.TestOutputHelper?.WriteLine($"picture: {path}");
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
