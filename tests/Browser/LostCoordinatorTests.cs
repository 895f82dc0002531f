using System.Text.RegularExpressions;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;
using Distributed.EndToEnd;
using Distributed.EndToEnd.Processes;
using Microsoft.Playwright;

namespace Distributed.Browser;

/// <summary>A page that is left open while its coordinator is away.</summary>
[Collection(nameof(Chromium))]
public sealed partial class LostCoordinatorTests(Chromium chromium) : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The connection breaks, and the process that answers later is another one.</summary>
    [Fact]
    public async Task ACoordinatorThatIsKilledAndResumedIsFoundAgain()
    {
        RunningProgram.RequireLinux();
        IBrowser browser = chromium.Browser;
        string run = _folder.NewRun();
        string[] watched = ["--workers", "1", "--single-process", "--dashboard", $"127.0.0.1:{FreePort.Take()}"];
        await using RunningProgram killed = RunningProgram.StartCoordinator(
            ["--run-dir", run, "--epochs", "60", "--train-samples", "20000", "--validation-split", "2000", "--checkpoint-every", "5000", .. watched]);
        await using OpenPage page = await OpenPage.OpenAsync(browser, killed);
        await RunningProgram.WaitForCheckpointAsync(run);
        await page.EpochAsync(12);
        killed.Send(RunningProgram.Signal.Kill);
        await IsLostAsync(page, "killed-coordinator-light");

        await using RunningProgram resumed = RunningProgram.StartCoordinator(["--resume", run, .. watched]);
        await IsFoundAsync(page);
        await page.Page.GetByText("resumed at step ").WaitForAsync();
        await page.PictureAsync("resumed-light");
        while (!resumed.HasExited)
        {
            await AssertForwardAsync(page);
        }

        await resumed.EndWellAsync();
        await page.Page.Locator(".pill.over").WaitForAsync();
        await page.ShowsAsync([.. MetricsHistory.Read(new FolderRunStore(run)).Epochs]);
        AssertOnlyRefusals(page);
    }

    /// <summary>No socket says that anything is wrong.</summary>
    [Fact]
    public async Task ACoordinatorThatHangsIsMissed()
    {
        RunningProgram.RequireLinux();
        IBrowser browser = chromium.Browser;
        await using RunningProgram coordinator = RunningProgram.StartCoordinator(
            "--run-dir", _folder.NewRun(), "--epochs", "100000", "--workers", "1", "--single-process", "--dashboard", "127.0.0.1:0");
        await using OpenPage page = await OpenPage.OpenAsync(browser, coordinator, width: 390, height: 844, scheme: ColorScheme.Dark);
        await page.EpochAsync(1);
        coordinator.Send(RunningProgram.Signal.Stop);
        await IsLostAsync(page, "hung-coordinator-phone");
        await page.FitsAsync();
        coordinator.Send(RunningProgram.Signal.Continue);
        await IsFoundAsync(page);
        AssertOnlyRefusals(page);
    }

    /// <summary>The page says since when, and offers nothing that cannot work.</summary>
    private static async Task IsLostAsync(OpenPage page, string picture)
    {
        await page.Page.Locator("#notice.bad", new PageLocatorOptions { HasTextRegex = Since() }).WaitForAsync();
        Assert.True(await page.Page.Locator("body.stale").IsVisibleAsync());
        Assert.True(await page.Page.Locator("#stop").IsDisabledAsync());
        await page.PictureAsync(picture);
    }

    private static async Task IsFoundAsync(OpenPage page)
    {
        await page.Page.GetByText("The coordinator answers again").WaitForAsync();
        Assert.Equal(0, await page.Page.Locator("body.stale").CountAsync());
        Assert.True(await page.Page.Locator("#stop").IsEnabledAsync());
    }

    /// <summary>Along each curve the epoch only grows: none goes back, and none is there twice.</summary>
    private static async Task AssertForwardAsync(OpenPage page)
    {
        string[] paths = await page.Page.Locator("#loss .line").EvaluateAllAsync<string[]>("lines => lines.map(line => line.getAttribute('d'))");
        double[][] curves = [.. paths.Select(path => Place().Matches(path).Select(place => double.Parse(place.Groups[1].Value)).ToArray())];
        Assert.Contains(curves, across => across.Length > 1);
        Assert.All(curves, across => Assert.Equal(across.Distinct().Order(), across));
    }

    /// <summary>The browser itself notes each request that nobody answers; nothing else may go wrong.</summary>
    private static void AssertOnlyRefusals(OpenPage page) =>
        Assert.DoesNotContain(page.Problems, problem => !problem.Contains("net::ERR_", StringComparison.Ordinal));

    [GeneratedRegex(@"^No answer from the coordinator since \d\d:\d\d:\d\d, for \d+ s\.")]
    private static partial Regex Since();

    [GeneratedRegex(@"[ML](-?[0-9.]+) ")]
    private static partial Regex Place();
}
