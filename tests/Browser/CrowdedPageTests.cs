using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Web;
using Distributed.Protocol;
using Microsoft.Playwright;

namespace Distributed.Browser;

/// <summary>Pages with more and with less on them than usual.</summary>
[Collection(nameof(Chromium))]
public sealed class CrowdedPageTests(Chromium chromium)
{
    private const int Workers = 64;

    [Theory]
    [InlineData(1280, 900, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    public async Task SixtyFourWorkersWithLongNames(int width, int height, ColorScheme scheme)
    {
        IBrowser browser = chromium.Browser;
        RunWatch watch = SilentRun.Watch();
        for (int i = 1; i <= Workers; i++)
        {
            string name = $"compute-node-{i:000}.rack-17.building-4.cluster.research.example.org-{40_000 + i}, 10.250.113.{i}:41022";
            watch.Joined(new Join(new WorkerId(i), new Incarnation(1), name));
            watch.Event($"worker-{i} ({name}) joined", EventLevel.Information);
            watch.Activity.Assigned(new WorkerId(i));
            watch.Activity.Delivered(new WorkerId(i), 1_234_567 + (4_321 * i));
        }

        SilentRun.Tell(watch, 7, "worker_lost", "worker-7 lost at step 1042: no heartbeat for 3.1 s, 3.0 s are allowed");
        SilentRun.Tell(watch, 33, "worker_slow", "step 1043: microbatches 4-5 of worker-33 go to idle workers as well");
        await using DashboardHost host = await SilentRun.ServeAsync(watch);
        await using OpenPage page = await OpenPage.OpenAsync(browser, host.Address, width, height, scheme);
        await page.Page.GetByText("64 workers: 62 live, 1 lost, 1 slow.").WaitForAsync();
        await page.PictureAsync($"crowded-{width}");
        await page.FitsAsync();
        Assert.Empty(page.Problems);
    }

    [Theory]
    [InlineData(1280, 900, ColorScheme.Dark)]
    [InlineData(390, 844, ColorScheme.Light)]
    public async Task NothingIsKnownYet(int width, int height, ColorScheme scheme)
    {
        IBrowser browser = chromium.Browser;
        await using DashboardHost host = await SilentRun.ServeAsync(SilentRun.Watch());
        await using OpenPage page = await OpenPage.OpenAsync(browser, host.Address, width, height, scheme);
        await page.Page.GetByText("Known after the first epoch.").WaitForAsync();
        await page.PictureAsync($"empty-{width}");
        await page.FitsAsync();
        double charts = await page.Page.Locator(".charts").EvaluateAsync<double>("charts => charts.getBoundingClientRect().height");
        Assert.True(charts < height / 2.0, $"the empty charts take {charts} of {height} pixels");
        Assert.Empty(page.Problems);
    }
}
