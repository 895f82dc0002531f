using System.Text.RegularExpressions;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;
using Distributed.EndToEnd;
using Distributed.EndToEnd.Processes;
using Microsoft.Playwright;

namespace Distributed.Browser;

/// <summary>Worker processes that are killed while somebody looks at their run's dashboard.</summary>
[Collection(nameof(Chromium))]
public sealed class KilledWorkerTests(Chromium chromium) : IDisposable
{
    /// <summary>How soon a person must see it.</summary>
    private const int MillisecondsMax = 5000;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The coordinator starts it again within a second: its card stays red for a while, so that nobody misses it.</summary>
    [Fact]
    public async Task AWorkerThatIsStartedAgainTurnsRed()
    {
        RunningProgram.RequireLinux();
        IBrowser browser = chromium.Browser;
        string run = _folder.NewRun();
        await using RunningProgram coordinator = Start(run, "--workers", "2");
        await using OpenPage page = await OpenPage.OpenAsync(browser, coordinator);
        await page.EpochAsync(2);
        RunningProgram.SendTo(coordinator.Children()[0], RunningProgram.Signal.Kill);
        ILocator card = await TurnsRedAsync(page);
        await page.PictureAsync("killed-light");
        await page.Page.Locator($"[data-worker='{await card.GetAttributeAsync("data-worker")}'] dd", new PageLocatorOptions { HasTextRegex = new("^2$") })
            .WaitForAsync();
        await EndsAsync(coordinator, page, run);
    }

    [Fact]
    public async Task AWorkerOfAnotherMachineStaysRed()
    {
        RunningProgram.RequireLinux();
        IBrowser browser = chromium.Browser;
        string run = _folder.NewRun();
        string address = $"127.0.0.1:{FreePort.Take()}";
        await using RunningProgram coordinator = Start(run, "--workers", "2", "--spawn", "1", "--listen", address);
        await using RunningProgram guest = RunningProgram.StartWorker("--coordinator", address, "--name", "guest");
        await using OpenPage page = await OpenPage.OpenAsync(browser, coordinator, scheme: ColorScheme.Dark);
        await page.Page.GetByText("guest, 127.0.0.1").First.WaitForAsync();
        guest.Send(RunningProgram.Signal.Kill);
        ILocator card = await TurnsRedAsync(page);
        await page.PictureAsync("killed-dark");
        Assert.Contains("guest", await card.InnerTextAsync());
        await EndsAsync(coordinator, page, run);
        Assert.Equal("lost", await card.GetAttributeAsync("data-condition"));
    }

    private static RunningProgram Start(string run, params string[] workers) => RunningProgram.StartCoordinator(
    [
        "--run-dir", run, "--epochs", "40", "--train-samples", "20000", "--validation-split", "2000", "--dashboard", "127.0.0.1:0", .. workers,
    ]);

    /// <summary>The card of the only worker that is, or lately was, lost: it has the colour of losses, and others have not.</summary>
    private static async Task<ILocator> TurnsRedAsync(OpenPage page)
    {
        ILocator card = page.Page.Locator(".worker:is([data-condition='lost'],[data-condition='returned'])");
        await card.WaitForAsync(new LocatorWaitForOptions { Timeout = MillisecondsMax });
        string[] borders = await page.Page.Locator(".worker").EvaluateAllAsync<string[]>("cards => cards.map(c => getComputedStyle(c).borderColor)");
        string red = await page.Page.EvaluateAsync<string>(
            "() => { document.body.style.outlineColor = 'var(--lost)'; return getComputedStyle(document.body).outlineColor; }");
        Assert.Single(borders, red);
        return page.Page.Locator($"[data-worker='{await card.GetAttributeAsync("data-worker")}']");
    }

    /// <summary>The run goes on to its end, whose figures the page shows, and nothing went wrong in the page.</summary>
    private static async Task EndsAsync(RunningProgram coordinator, OpenPage page, string run)
    {
        await coordinator.EndWellAsync();
        await page.Page.Locator(".pill.over").WaitForAsync();
        Assert.Equal("done", await page.TextAsync(".pill"));
        await page.ShowsAsync([.. MetricsHistory.Read(new FolderRunStore(run)).Epochs]);
        Assert.Empty(page.Problems);
    }
}
