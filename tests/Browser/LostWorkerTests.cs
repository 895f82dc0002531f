using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Web;
using Distributed.Protocol;
using Microsoft.Playwright;

namespace Distributed.Browser;

/// <summary>What the page shows of workers that are slow, lost or caught computing wrongly, told to it as a run tells it.</summary>
[Collection(nameof(Chromium))]
public sealed class LostWorkerTests(Chromium chromium)
{
    /// <summary>How soon a person must see it.</summary>
    private const int MillisecondsMax = 5000;

    [Fact]
    public async Task ALostWorkerTurnsRed()
    {
        IBrowser browser = chromium.Browser;
        RunWatch watch = SilentRun.Watch();
        for (int i = 1; i <= 4; i++)
        {
            watch.Joined(new Join(new WorkerId(i), new Incarnation(i == 3 ? 2 : 1), $"10.0.0.{i}:41022"));
            watch.Event($"worker-{i} (10.0.0.{i}:41022) joined", EventLevel.Information);
            watch.Activity.Assigned(new WorkerId(i));
            watch.Activity.Delivered(new WorkerId(i), 500 + (37 * i));
        }

        await using DashboardHost host = await SilentRun.ServeAsync(watch);
        await using OpenPage page = await OpenPage.OpenAsync(browser, host.Address);
        string whole = await BorderAsync(page, 2);
        Assert.Equal(await BorderAsync(page, 1), whole);

        SilentRun.Tell(watch, 2, "worker_lost", "worker-2 lost at step 1042: no heartbeat for 3.1 s, 3.0 s are allowed");
        await ExpectAsync(page, 2, "lost");
        SilentRun.Tell(watch, 3, "worker_slow", "step 1043: microbatches 4-5 of worker-3 go to idle workers as well");
        await ExpectAsync(page, 3, "slow");
        SilentRun.Tell(watch, 4, "worker_quarantined", "worker-4 computed wrong bits <b>and</b> is given no more work");
        await ExpectAsync(page, 4, "quarantined");

        Assert.NotEqual(whole, await BorderAsync(page, 2));
        Assert.Equal(await BorderAsync(page, 4), await BorderAsync(page, 2));
        await page.Page.GetByText("worker-4 computed wrong bits <b>and</b> is").WaitForAsync();
        Assert.Empty(page.Problems);
        await page.PictureAsync("lost-light");
        await page.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await page.PictureAsync("lost-dark");
    }

    private static Task ExpectAsync(OpenPage page, int worker, string condition) =>
        page.Page.Locator($"[data-worker='worker-{worker}'][data-condition='{condition}']")
            .WaitForAsync(new LocatorWaitForOptions { Timeout = MillisecondsMax });

    private static Task<string> BorderAsync(OpenPage page, int worker) =>
        page.Page.Locator($"[data-worker='worker-{worker}']").EvaluateAsync<string>("card => getComputedStyle(card).borderColor");
}
