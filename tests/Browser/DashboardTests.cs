using Distributed.Coordinator.Metrics;
using Microsoft.Playwright;

namespace Distributed.Browser;

/// <summary>The dashboard of a real run, in a real browser.</summary>
[Collection(nameof(Chromium))]
public sealed class DashboardTests(Chromium chromium)
{
    [Fact]
    public async Task TheNumbersAreThoseOfTheMetricsFile()
    {
        IBrowser browser = chromium.Browser;
        await using LiveRun run = await LiveRun.StartAsync("--epochs", "12", "--train-samples", "20000", "--validation-split", "2000");
        await using OpenPage page = await OpenPage.OpenAsync(browser, run.Address);
        await page.EpochAsync(3);
        await page.PictureAsync("training-light");
        Assert.Equal(0, await run.EndAsync());
        await page.Page.Locator(".pill.over").WaitForAsync();

        EpochMetrics[] epochs = [.. run.Metrics.Epochs];
        Assert.Equal(12, epochs.Length);
        await page.ShowsAsync(epochs);
        Assert.Empty(page.Problems);
        await page.PictureAsync("done-light");
    }

    [Fact]
    public async Task TheStopButtonStopsWithACheckpoint()
    {
        IBrowser browser = chromium.Browser;
        await using LiveRun run = await LiveRun.StartAsync("--epochs", "100000");
        await using OpenPage page = await OpenPage.OpenAsync(browser, run.Address, scheme: ColorScheme.Dark);
        await page.EpochAsync(1);
        await page.PictureAsync("training-dark");
        await page.Page.Locator("#stop").ClickAsync();
        Assert.Equal(130, await run.EndAsync());
        await page.Page.Locator(".pill.over").WaitForAsync();
        Assert.Equal("stopped", await page.TextAsync(".pill"));
        int step = int.Parse((await page.TextAsync("#figure-step")).Replace(",", ""));
        Assert.True(File.Exists(Path.Combine(run.Folder, "checkpoints", $"step-{step:00000000}.safetensors")), $"no checkpoint of step {step}");
        Assert.True(await page.Page.Locator("#stop").IsDisabledAsync());
        Assert.Empty(page.Problems);
    }

    [Fact]
    public async Task TheCheckpointButtonSavesOneAndTheRunGoesOn()
    {
        IBrowser browser = chromium.Browser;
        await using LiveRun run = await LiveRun.StartAsync("--epochs", "1", "--learning-rate", "0.0001", "--batch-size", "1");
        await using OpenPage page = await OpenPage.OpenAsync(browser, run.Address, width: 390, height: 844);
        await page.Page.Locator("#checkpoint").ClickAsync();
        await page.Page.GetByText("A checkpoint is saved").WaitForAsync();
        await page.PictureAsync("training-phone");
        string checkpoints = Path.Combine(run.Folder, "checkpoints");
        await Eventually.Async(() => Directory.Exists(checkpoints) && Directory.EnumerateFiles(checkpoints, "step-*.safetensors").Any());
        // The first worker may join after the checkpoint.
        await page.Page.Locator(".pill", new PageLocatorOptions { HasTextString = "training" }).WaitForAsync();
        await page.FitsAsync();
        Assert.Empty(page.Problems);
    }
}
