using System.Diagnostics;
using System.Runtime.InteropServices;
using Distributed.Protocol;

namespace Distributed.Coordinator.Hosting;

/// <summary>
/// One worker process. Its standard input is a pipe from this one: it brings the token, and ends when this process does, however that ends.
/// </summary>
internal sealed class WorkerProcess : IDisposable
{
    private const int LastLinesMax = 40;
    private const int SignalBase = 128;

    private static readonly TimeSpan GoodbyeMax = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();

    private WorkerProcess(Process process) => _process = process;

    /// <summary>Starts the worker program that lies beside this one, with the same runtime.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    internal static WorkerProcess Start(string name, int port, string token)
    {
        string[] arguments =
            ["--coordinator", $"127.0.0.1:{port}", "--name", name, "--threads", "1", "--cache", "none", "--supervised"];
        var start = new ProcessStartInfo(DotnetHost(), [Path.Combine(AppContext.BaseDirectory, "worker.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var worker = new WorkerProcess(new Process { StartInfo = start });
        worker._process.ErrorDataReceived += (_, line) => worker.Keep(line.Data);
        worker._process.Start();
        worker._process.BeginErrorReadLine();
        worker.TryWriteLine(token);
        return worker;
    }

    /// <summary>Waits for its end; once <paramref name="stop"/> is cancelled it is told to leave, and killed when it does not.</summary>
    internal async Task<WorkerEnd> WaitAsync(CancellationToken stop, TimeProvider time)
    {
        await _process.WaitForExitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_process.HasExited)
        {
            // The run's end has been told by the link; the end of this pipe holds for whoever missed it.
            using var patience = new CancellationTokenSource(GoodbyeMax, time);
            using CancellationTokenRegistration hurry = patience.Token.Register(_process.Kill);
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        int code = _process.ExitCode;
        bool isSignal = code > SignalBase && code != SignalBase + 2;
        return new WorkerEnd(code, isSignal, $"(process {_process.Id}) {Ending(code, isSignal)}{(isSignal ? "" : LastWords())}");
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private void TryWriteLine(string line)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It ended already; its end says why.
        }
    }

    private void Keep(string? line)
    {
        lock (_lastLines)
        {
            if (line is not null)
            {
                _lastLines.Enqueue(line);
            }

            if (_lastLines.Count > LastLinesMax)
            {
                _lastLines.Dequeue();
            }
        }
    }

    private string LastWords()
    {
        lock (_lastLines)
        {
            return _lastLines.Count == 0 ? "" : $": {string.Join('\n', _lastLines)}";
        }
    }

    private static string Ending(int code, bool isSignal) => isSignal
        ? $"was killed by signal {code - SignalBase}{(code == SignalBase + 9 ? " (kill -9, or the system ran out of memory)" : "")}"
        : $"ended with exit code {code}";

    /// <summary>The dotnet program that runs this process: beside its shared runtime.</summary>
    private static string DotnetHost()
    {
        string runtime = RuntimeEnvironment.GetRuntimeDirectory();
        string host = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(host) ? host : "dotnet";
    }
}
