using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Distributed.EndToEnd.Processes;

/// <summary>One of our programs, running as a process of its own; its lines are kept, and whoever waits for one is told.</summary>
internal sealed partial class RunningProgram : IAsyncDisposable
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    private RunningProgram(Process process) => _process = process;

    internal enum Signal
    {
        Kill = 9,
        Terminate = 15,
        Continue = 18,
        Stop = 19,
    }

    internal int Id => _process.Id;

    internal bool HasExited => _process.HasExited;

    /// <summary>All it has written to standard error so far.</summary>
    internal string Error
    {
        get
        {
            lock (_error)
            {
                return _error.ToString();
            }
        }
    }

    internal static RunningProgram StartCoordinator(params string[] arguments) => Start([], "coordinator.dll", arguments);

    internal static RunningProgram StartWorker(params string[] arguments) => Start([], "worker.dll", ["--cache", "none", .. arguments]);

    /// <summary>Starts a program; <paramref name="prefix"/> is what runs it, as ip netns exec NAME.</summary>
    internal static RunningProgram Start(string[] prefix, string program, string[] arguments)
    {
        return StartOther([.. prefix, "dotnet", Path.Combine(AppContext.BaseDirectory, program), .. arguments]);
    }

    /// <summary>Starts any program by its command line.</summary>
    internal static RunningProgram StartOther(string[] line)
    {
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        var running = new RunningProgram(new Process { StartInfo = start });
        running._process.OutputDataReceived += (_, line) => Append(running._output, line.Data);
        running._process.ErrorDataReceived += (_, line) => Append(running._error, line.Data);
        running._process.Start();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Waits until it has written <paramref name="text"/> to standard error <paramref name="times"/> times.</summary>
    internal async Task SaysAsync(string text, int times = 1)
    {
        long start = Stopwatch.GetTimestamp();
        while (Error.Split(text).Length <= times)
        {
            Assert.True(!HasExited || Error.Split(text).Length > times, $"it ended without saying '{text}':\n{Error}");
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"it never said '{text}':\n{Error}");
            await Task.Delay(10);
        }
    }

    /// <summary>Waits until <paramref name="condition"/> holds.</summary>
    internal static async Task WaitAsync(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, "it never happened");
            await Task.Delay(10);
        }
    }

    internal async Task<Result> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience * 3);
        await _process.WaitForExitAsync(patience.Token);
        lock (_output)
        {
            return new Result(_process.ExitCode, _output.ToString(), Error);
        }
    }

    /// <summary>Waits for an end with exit code 0.</summary>
    internal async Task<Result> EndWellAsync()
    {
        Result result = await EndAsync();
        Assert.True(result.ExitCode == 0, $"exit code {result.ExitCode}:\n{result.Error}");
        return result;
    }

    internal void Send(Signal signal) => SendTo(Id, signal);

    internal static void SendTo(int process, Signal signal) => _ = Kill(process, (int)signal);

    /// <summary>The processes that it has started and that live.</summary>
    internal int[] Children() => File.Exists($"/proc/{Id}/task/{Id}/children")
        ? Directory.GetDirectories($"/proc/{Id}/task")
            .SelectMany(task => ReadOrEmpty($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(int.Parse)
            .ToArray()
        : [];

    internal static bool IsAlive(int process) =>
        Directory.Exists($"/proc/{process}") && !ReadOrEmpty($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            foreach (int child in Children())
            {
                SendTo(child, Signal.Continue);
            }

            Send(Signal.Kill);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    internal static void RequireLinux()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("processes are found and stopped by way of /proc and signals, which only Linux has");
        }
    }

    /// <summary>Waits until the run in <paramref name="directory"/> can be resumed.</summary>
    internal static Task WaitForCheckpointAsync(string directory)
    {
        string checkpoints = Path.Combine(directory, "checkpoints");
        return WaitAsync(() => Directory.Exists(checkpoints) && Directory.EnumerateFiles(checkpoints, "*.safetensors").Any());
    }

    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.Append(line).Append(line is null ? "" : "\n");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
