using System.Text.RegularExpressions;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Hosting;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Terminal;

namespace Distributed.Browser;

/// <summary>A run of the whole program, its dashboard on a free port, in a folder that goes with it.</summary>
internal sealed partial class LiveRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _interrupt = new();
    private readonly AnnouncedWriter _error = new();
    private readonly StringWriter _output = new();
    private readonly Task<int> _program;

    private LiveRun(string folder, IReadOnlyList<string> arguments)
    {
        Folder = folder;
        var mnist = new MnistLocator(AppContext.BaseDirectory, AppContext.BaseDirectory);
        _program = Task.Run(() => CommandLine.RunAsync(arguments, new CommandEnvironment
        {
            Output = new ConsoleStream(_output, IsTerminal: false, HasEscapes: false, () => 0),
            Error = new ConsoleStream(TextWriter.Synchronized(_error), IsTerminal: false, HasEscapes: false, () => 0),
            Time = TimeProvider.System,
            Interrupts = new Interrupts(_interrupt.Token),
            Session = new TrainingSession(mnist, TimeProvider.System, Environment.ProcessorCount, "test", arguments),
            Trials = new TrialSource(mnist, TimeProvider.System, Environment.ProcessorCount, "test"),
            Models = new TrainedModels(mnist, Environment.ProcessorCount),
            Cores = Environment.ProcessorCount,
            InvokedAs = "coordinator",
            Version = "test",
        }));
    }

    internal string Folder { get; }

    internal Uri Address { get; private set; } = null!;

    /// <summary>What the metrics file says.</summary>
    internal MetricsHistory Metrics => MetricsHistory.Read(new FolderRunStore(Folder));

    /// <summary>Starts a run in a new folder and waits until its dashboard answers.</summary>
    internal static async Task<LiveRun> StartAsync(params string[] arguments)
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("distributed-").FullName, "run");
        var run = new LiveRun(folder, ["--run-dir", folder, "--dashboard", "127.0.0.1:0", "--workers", "2", .. arguments]);
        Task<Uri> address = run._error.Address.Task;
        Task first = await Task.WhenAny(address, run._program).WaitAsync(Patience);
        Assert.True(first == address, $"the program ended: {run._error}");
        run.Address = await address;
        return run;
    }

    /// <summary>Its exit code, once it has ended by itself.</summary>
    internal Task<int> EndAsync() => _program.WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        await _interrupt.CancelAsync();
        await _program.WaitAsync(Patience);
        _interrupt.Dispose();
        Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);
    }

    [GeneratedRegex(@"dashboard: (https?://\S+)")]
    private static partial Regex Announcement();

    private sealed record Interrupts(CancellationToken Requested) : IInterrupts;

    /// <summary>Notices where the dashboard is.</summary>
    private sealed class AnnouncedWriter : StringWriter
    {
        internal TaskCompletionSource<Uri> Address { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value is not null && Announcement().Match(value) is { Success: true } found)
            {
                Address.TrySetResult(new Uri(found.Groups[1].Value));
            }
        }
    }
}
