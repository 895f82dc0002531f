using System.Buffers.Binary;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Reports;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Terminal;
using Distributed.Coordinator.Tests.Terminal;
using Distributed.EndToEnd;
using Distributed.EndToEnd.Processes;
using Microsoft.Playwright;

namespace Distributed.Browser;

/// <summary>The pictures in README.md, made by real runs. docs/pictures.sh renews them by these tests.</summary>
[Collection(nameof(Chromium))]
public sealed partial class PictureTests(Chromium chromium) : IDisposable
{
    private const string Script = "/usr/bin/script";
    private const int Columns = 116;
    private const int DashboardWidth = 1180;
    private const int DashboardHeight = 1196;

    private readonly TestFolder _folder = new();

    private string Run => _folder.File("runs/scratch-mlp-1");

    public void Dispose() => _folder.Dispose();

    /// <summary>dashboard.png: a run in its eighth epoch or later, held still.</summary>
    [Fact]
    public async Task TheDashboard()
    {
        RunningProgram.RequireLinux();
        IBrowser browser = chromium.Browser;
        await using RunningProgram coordinator = RunningProgram.Start(
            ["env", "-C", _folder.Path], "coordinator.dll", ["--workers", "2", "--epochs", "30", "--validation-split", "0.1", "--dashboard", "127.0.0.1:0"]);
        await using OpenPage page = await OpenPage.OpenAsync(browser, coordinator, DashboardWidth, DashboardHeight);
        await page.EpochAsync(7);
        coordinator.Send(RunningProgram.Signal.Stop);
        string path = Pictures.PathOfDocumented("dashboard.png");
        await page.Page.ScreenshotAsync(new PageScreenshotOptions { Path = path });
        int epoch = await page.Page.Locator("tr[data-epoch]").CountAsync();
        EpochMetrics last = MetricsHistory.Read(new FolderRunStore(Run)).Epochs.Single(one => one.Epoch == epoch);
        Assert.Equal(ReportText.Percent(last.TestAccuracy), await page.TextAsync("#figure-accuracy"));
        byte[] png = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal("\u0089PNG\r\n\u001a\n", string.Concat(png[..8].Select(b => (char)b)));
        Assert.Equal(DashboardWidth, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(DashboardHeight, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }

    /// <summary>terminal.svg: the last that the terminal showed of an epoch under way that is not the last one.</summary>
    [Fact]
    public async Task TheTerminal()
    {
        RunningProgram.RequireLinux();
        Assert.SkipUnless(File.Exists(Script), $"there is no {Script}, which gives the program a terminal: install Debian's bsdutils");
        IBrowser browser = chromium.Browser;
        FakeScreen screen = await ShownAsync("--workers 4");
        string svg = TerminalPicture.Render("coordinator --workers 4", screen.StyledLines, Columns);
        string path = Pictures.PathOfDocumented("terminal.svg");
        await File.WriteAllTextAsync(path, svg, TestContext.Current.CancellationToken);

        XElement[] lines = [.. XDocument.Parse(svg).Descendants("{http://www.w3.org/2000/svg}text")];
        Assert.Equal(["$ coordinator --workers 4", .. screen.Lines], lines.Select(line => line.Value.TrimEnd()));
        EpochMetrics[] epochs = [.. MetricsHistory.Read(new FolderRunStore(Run)).Epochs];
        string[] shown = [.. screen.Lines.Where(line => line.Contains("train loss", StringComparison.Ordinal))];
        Assert.NotEmpty(shown);
        Assert.All(shown.Zip(epochs), pair => Assert.StartsWith(
            $"epoch {pair.Second.Epoch}/5  train loss {Figures.Loss(pair.Second.TrainLoss)} accuracy {Figures.Accuracy(pair.Second.TrainAccuracy)}"
                + $"  test loss {Figures.Loss(pair.Second.TestLoss!.Value)} accuracy {Figures.Accuracy(pair.Second.TestAccuracy!.Value)}  ",
            pair.First));
        await DrawAsync(browser, path, ColorScheme.Light);
        await DrawAsync(browser, path, ColorScheme.Dark);
    }

    /// <summary>Runs the program on a terminal to its end.</summary>
    private async Task<FakeScreen> ShownAsync(string arguments)
    {
        string program = $"exec dotnet '{Path.Combine(AppContext.BaseDirectory, "coordinator.dll")}' {arguments}";
        await using RunningProgram terminal = RunningProgram.StartOther(
            ["env", "-C", _folder.Path, Script, "-qefc", $"stty cols {Columns} rows 30; {program}", _folder.File("written")]);
        await terminal.EndWellAsync();
        string written = await File.ReadAllTextAsync(_folder.File("written"), TestContext.Current.CancellationToken);

        // Its first and its last line are script's own.
        written = written[(written.IndexOf('\n') + 1)..written.LastIndexOf("\nScript done", StringComparison.Ordinal)].Replace("\r\n", "\n");
        FakeScreen screen = Replay(written, written.Length);
        int last = 0;
        for (int end = written.IndexOf('\r'); end >= 0; end = written.IndexOf('\r', end + 1))
        {
            last = IsInAnEarlyEpoch(written, end) ? end : last;
        }

        Assert.True(last > 0, $"no epoch before the last was ever shown:\n{string.Join('\n', screen.Lines)}");
        return Replay(written, last);
    }

    /// <summary>The last line shows an epoch that is not done and not the run's last.</summary>
    private static bool IsInAnEarlyEpoch(string written, int end)
    {
        IReadOnlyList<string> lines = Replay(written, end).Lines;
        return Progress().Match(lines.LastOrDefault("")) is { Success: true } epoch
            && lines.Count(line => line.Contains("train loss", StringComparison.Ordinal)) == int.Parse(epoch.Groups[1].Value) - 1;
    }

    private static FakeScreen Replay(string written, int end)
    {
        var screen = new FakeScreen(Columns);
        screen.Writer.Write(written[..end]);
        return screen;
    }

    private static async Task DrawAsync(IBrowser browser, string path, ColorScheme scheme)
    {
        IPage page = await browser.NewPageAsync(
            new BrowserNewPageOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = 980, Height = 420 } });
        await page.GotoAsync(new Uri(path).ToString());
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Pictures.PathOf($"terminal-{scheme}.png".ToLowerInvariant()) });
        await page.CloseAsync();
    }

    [GeneratedRegex("^epoch ([1-4])/5 ━")]
    private static partial Regex Progress();
}
