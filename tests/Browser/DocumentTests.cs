using Distributed.EndToEnd;
using Distributed.EndToEnd.Processes;
using Microsoft.Playwright;

namespace Distributed.Browser;

/// <summary>What a run, a comparison and a tuning leave behind to be looked at, in a real browser: on a desk and a phone, by day and by night.</summary>
[Collection(nameof(Chromium))]
public sealed class DocumentTests(Chromium chromium) : IDisposable
{
    private const int Phone = 390;
    private const int Desk = 1280;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheReportOfARun()
    {
        IBrowser browser = chromium.Browser;
        string run = _folder.File("a-run");
        await DoAsync("--run-dir", run, "--single-process", "--workers", "2", "--epochs", "6", "--validation-split", "0.1", "--schedule", "cosine");
        await LookAsync(browser, Path.Combine(run, "report.html"), "report");
        await LookAsync(browser, Path.Combine(run, "curves.svg"), "curves");
    }

    [Fact]
    public async Task TheCurvesOfAComparisonAndOfATuning()
    {
        IBrowser browser = chromium.Browser;
        string[] less = ["--single-process", "--workers", "1", "--train-samples", "4000", "--validation-split", "1000"];
        string[] runs = ["scratch", "a-run-with-a-much-longer-name-than-others", "adam"];
        string[][] ways = [[], ["--learning-rate", "0.2", "--epochs", "8"], ["--recipe", "adam-mlp"]];
        foreach ((string name, string[] way) in runs.Zip(ways))
        {
            await DoAsync(["--run-dir", _folder.File(name), .. less, .. way]);
        }

        string curves = _folder.File("compared.svg");
        await DoAsync(["compare", .. runs.Select(_folder.File), "--output", curves]);
        await LookAsync(browser, curves, "compared");
        await DoAsync(
            "tune", "--tune-dir", _folder.File("tuned"), "--recipe", "adam-mlp", "--train-samples", "4000", "--epochs", "4",
            "--grid", "learning-rate=0.0003,0.001,0.003", "--grid", "hidden=64,32;128,64;none", "--grid", "dropout=0,0.3");
        await LookAsync(browser, Path.Combine(_folder.File("tuned"), "tuning.svg"), "tuned");
    }

    private static async Task DoAsync(params string[] arguments)
    {
        await using RunningProgram program = RunningProgram.StartCoordinator(arguments);
        await program.EndWellAsync();
    }

    /// <summary>A drawing is shown as other pages show it, README files for one: as an image that is no wider than the page.</summary>
    private static async Task LookAsync(IBrowser browser, string file, string name)
    {
        string shown = file;
        if (Path.GetExtension(file) == ".svg")
        {
            shown = $"{file}.html";
            string drawing = Convert.ToBase64String(await File.ReadAllBytesAsync(file));
            await File.WriteAllTextAsync(
                shown,
                $"""
                <!DOCTYPE html><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
                <img src="data:image/svg+xml;base64,{drawing}" style="max-width:100%">
                """);
        }

        foreach ((int width, ColorScheme scheme) in ((int, ColorScheme)[])[
            (Desk, ColorScheme.Light), (Desk, ColorScheme.Dark), (Phone, ColorScheme.Light), (Phone, ColorScheme.Dark)])
        {
            await using OpenPage page = await OpenPage.OpenAsync(browser, new Uri(shown), width, height: 844, scheme);
            await page.PictureAsync($"{name}-{width}-{scheme}".ToLowerInvariant());
            await page.FitsAsync();
            Assert.Empty(await page.Page.Locator(".scroll:has(.matrix)").EvaluateAllAsync<string[]>(
                "parts => parts.filter(p => p.scrollWidth > p.clientWidth).map(p => `${p.scrollWidth} of ${p.clientWidth} pixels`)"));
            Assert.Empty(page.Problems);
        }
    }
}
