using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Distributed.EndToEnd.Processes;

namespace Distributed.EndToEnd.Watching;

/// <summary>Debian's Prometheus, started on a loopback port with a folder of its own; the test is skipped, with the reason, where there is none.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private const string Server = "/usr/bin/prometheus";
    private const string Tool = "/usr/bin/promtool";

    private readonly Process _process;
    private readonly Uri _address;
    private readonly HttpClient _client = new();

    private PrometheusServer(Process process, Uri address) => (_process, _address) = (process, address);

    internal static void RequireInstalled() =>
        Assert.SkipUnless(File.Exists(Server) && File.Exists(Tool), $"there is no {Server} with {Tool}: install Debian's prometheus");

    /// <param name="folder">For its configuration and data.</param>
    /// <param name="job">One entry of scrape_configs, without its first dash, in YAML.</param>
    internal static async Task<PrometheusServer> StartAsync(TestFolder folder, params string[] job)
    {
        string configuration = folder.File("prometheus.yml");
        string[] lines =
        [
            "global: {scrape_interval: 200ms, scrape_timeout: 200ms}", "scrape_configs:", "- job_name: training", .. job.Select(line => "  " + line),
        ];
        await File.WriteAllLinesAsync(configuration, lines);
        var address = new Uri($"http://127.0.0.1:{FreePort.Take()}/");
        string[] arguments =
        [
            $"--config.file={configuration}", $"--storage.tsdb.path={folder.File("prometheus")}", $"--web.listen-address={address.Authority}",
            "--log.level=warn",
        ];
        return new PrometheusServer(Process.Start(new ProcessStartInfo(Server, arguments))!, address);
    }

    /// <summary>Every sample of a series that is stored, by its time; none before the server answers.</summary>
    internal async Task<SortedDictionary<double, double>> SamplesAsync(string series)
    {
        Assert.False(_process.HasExited, "Prometheus has ended");
        var samples = new SortedDictionary<double, double>();
        try
        {
            string json = await _client.GetStringAsync(new Uri(_address, $"api/v1/query?query={Uri.EscapeDataString(series + "[1h]")}"));
            foreach (JsonElement found in JsonDocument.Parse(json).RootElement.GetProperty("data").GetProperty("result").EnumerateArray())
            {
                foreach (JsonElement pair in found.GetProperty("values").EnumerateArray())
                {
                    samples.Add(pair[0].GetDouble(), double.Parse(pair[1].GetString()!, CultureInfo.InvariantCulture));
                }
            }
        }
        catch (HttpRequestException)
        {
            // It does not listen yet, or says 503 while it starts.
        }

        return samples;
    }

    /// <summary>What promtool finds wrong with a page of metrics.</summary>
    internal static async Task<string> LintAsync(string page)
    {
        using Process tool = Process.Start(new ProcessStartInfo(Tool, ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await tool.StandardInput.WriteAsync(page);
        tool.StandardInput.Close();
        string found = await tool.StandardOutput.ReadToEndAsync() + await tool.StandardError.ReadToEndAsync();
        await tool.WaitForExitAsync();
        return found + (tool.ExitCode == 0 ? "" : $"exit code {tool.ExitCode}");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
