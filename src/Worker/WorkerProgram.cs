using System.Threading.Channels;
using Distributed.Health;
using Distributed.Protocol.Clusters;

namespace Distributed.Worker;

/// <summary>The worker, apart from the process it runs in: feeds <see cref="WorkerState"/> with what happens and does what it says.</summary>
/// <param name="options">The command line.</param>
/// <param name="locator">Where the coordinator is.</param>
/// <param name="processKey">Tells this process from others of its name.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Takes lines for people.</param>
public sealed class WorkerProgram(WorkerOptions options, ICoordinatorLocator locator, string processKey, TimeProvider time, Action<string> log)
{
    private static readonly TimeSpan GoodbyeMax = TimeSpan.FromSeconds(2);

    private readonly Channel<WorkerEvent> _events = Channel.CreateUnbounded<WorkerEvent>();
    private readonly WorkerState _state = new();
    private readonly DatasetCache _cache = new(options.CacheFolder, log);
    private CoordinatorLink? _link;
    private Task _living = Task.CompletedTask;
    private TaskCompletionSource _hurry = new();
    private CancellationToken _leave;
    private int? _exitCode;

    /// <summary>Works until the run is over, or <paramref name="leave"/> asks to leave. Returns the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken leave)
    {
        _leave = leave;
        locator.Start(Post);
        Post(new WorkerEvent.Started());
        using CancellationTokenRegistration asked = leave.Register(() => Post(new WorkerEvent.StopAsked("asked to leave")));
        while (_exitCode is null)
        {
            WorkerEvent happened = await _events.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            foreach (WorkerEffect effect in _state.Handle(happened))
            {
                Do(effect);
            }
        }

        await _living.WaitAsync(GoodbyeMax, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _exitCode.Value;
    }

    /// <summary>How the worker is, as its own loop says.</summary>
    public async Task<HealthState> ProbeAsync()
    {
        object? phase = await LivenessQuestion.AskAsync<object>(
            answer => Post(new WorkerEvent.Probed(phase => answer.TrySetResult(phase))), time).ConfigureAwait(false);
        return WorkerHealth.Of((WorkerPhase?)phase);
    }

    private void Do(WorkerEffect effect)
    {
        switch (effect)
        {
            case WorkerEffect.Connect connect:
                _living = ConnectAsync(_living, connect);
                break;
            case WorkerEffect.Reconnect reconnect:
                _hurry.TrySetResult();
                _link?.Abandon(reconnect.Reason);
                break;
            case WorkerEffect.Drain drain:
                _ = _link!.DrainAsync(drain.Reason);
                break;
            case WorkerEffect.Log line:
                log(line.Text);
                break;
            case WorkerEffect.Answer answer:
                answer.Reply(answer.Phase);
                break;
            case WorkerEffect.Exit exit:
                _exitCode = exit.Code;
                break;
        }
    }

    /// <summary>A life begins when the one before has ended altogether.</summary>
    private async Task ConnectAsync(Task earlier, WorkerEffect.Connect connect)
    {
        try
        {
            await earlier.ConfigureAwait(false);
            await PauseAsync(connect.Pause).ConfigureAwait(false);
            NodeAddress coordinator = await locator.FindAsync(_leave).ConfigureAwait(false);
            _link = new CoordinatorLink(options with { Host = coordinator.Host, Port = coordinator.Port }, processKey, _cache, time, Post);
            await _link.RunAsync(connect.Life).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_leave.IsCancellationRequested)
        {
            // No coordinator was found before somebody asked to leave.
        }
        catch (Exception error)
        {
            Post(new WorkerEvent.Failed(error.ToString()));
        }
    }

    /// <summary>Ends early when the coordinator has moved meanwhile.</summary>
    private async Task PauseAsync(TimeSpan pause)
    {
        var hurry = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _hurry = hurry;
        await Task.WhenAny(Task.Delay(pause, time), hurry.Task).ConfigureAwait(false);
    }

    private void Post(WorkerEvent happened) => _events.Writer.TryWrite(happened);
}
