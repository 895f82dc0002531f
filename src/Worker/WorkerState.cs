using Distributed.Protocol;

namespace Distributed.Worker;

/// <summary>What happens to a worker.</summary>
public abstract record WorkerEvent
{
    /// <summary>The program has started.</summary>
    public sealed record Started : WorkerEvent;

    /// <summary>The coordinator has accepted this life.</summary>
    public sealed record Welcomed(WorkerId Worker, Incarnation Incarnation) : WorkerEvent;

    /// <summary>The samples are there and the threads are started.</summary>
    public sealed record Prepared(string Route) : WorkerEvent;

    /// <summary>The coordinator does not want this worker.</summary>
    public sealed record Refused(string Reason, bool Permanent) : WorkerEvent;

    /// <summary>The link is gone, or could not be made.</summary>
    public sealed record LinkLost(string Reason) : WorkerEvent;

    /// <summary>Another coordinator has taken the run over, elsewhere.</summary>
    public sealed record CoordinatorMoved(string Reason) : WorkerEvent;

    /// <summary>The coordinator has said that the run is over.</summary>
    public sealed record RunOver(string Reason) : WorkerEvent;

    /// <summary>A person or the system asks the worker to leave.</summary>
    public sealed record StopAsked(string Reason) : WorkerEvent;

    /// <summary>What was begun is finished, and the coordinator was told.</summary>
    public sealed record Drained : WorkerEvent;

    /// <summary>An exception ended the computation; the coordinator was told.</summary>
    public sealed record Failed(string Details) : WorkerEvent;

    /// <summary>Somebody asks how it is; <paramref name="Reply"/> takes the phase.</summary>
    public sealed record Probed(Action<WorkerPhase> Reply) : WorkerEvent;
}

/// <summary>What a worker wants done.</summary>
public abstract record WorkerEffect
{
    /// <summary>Open a link after a pause, as life number <paramref name="Life"/> of this process.</summary>
    public sealed record Connect(TimeSpan Pause, int Life) : WorkerEffect;

    /// <summary>Give the present link up, where there is one, and wait no longer for the next.</summary>
    public sealed record Reconnect(string Reason) : WorkerEffect;

    /// <summary>Finish what was begun, say goodbye, and answer with <see cref="WorkerEvent.Drained"/>.</summary>
    public sealed record Drain(string Reason) : WorkerEffect;

    /// <summary>Say it in the log.</summary>
    public sealed record Log(string Text) : WorkerEffect;

    /// <summary>Give <paramref name="Phase"/> to <paramref name="Reply"/>.</summary>
    public sealed record Answer(Action<WorkerPhase> Reply, WorkerPhase Phase) : WorkerEffect;

    /// <summary>End the program.</summary>
    public sealed record Exit(int Code) : WorkerEffect;
}

/// <summary>A worker's life from start to end, without a socket, a thread or a clock: what happens goes in, what is to be done comes out.</summary>
public sealed class WorkerState
{
    /// <summary>The run is over.</summary>
    public const int ExitDone = 0;

    /// <summary>The computation failed.</summary>
    public const int ExitFailed = 1;

    /// <summary>The coordinator will never accept this worker as it is.</summary>
    public const int ExitRefused = 2;

    /// <summary>It was asked to leave.</summary>
    public const int ExitStopped = 130;

    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(2);

    private WorkerPhase _phase = WorkerPhase.Away;
    private TimeSpan _pause = PauseMin;
    private int _life;
    private string? _lastReason;

    /// <summary>Takes what happened and says what follows, in order.</summary>
    public IReadOnlyList<WorkerEffect> Handle(WorkerEvent happened) => _phase == WorkerPhase.Ended ? [] : happened switch
    {
        WorkerEvent.Started => [new WorkerEffect.Connect(TimeSpan.Zero, _life++)],
        WorkerEvent.Welcomed welcomed => Join(welcomed),
        WorkerEvent.Prepared prepared => BeReady(prepared.Route),
        WorkerEvent.Refused { Permanent: true } refused => End(ExitRefused, $"refused: {refused.Reason}"),
        WorkerEvent.Refused refused => Retry($"refused: {refused.Reason}"),
        WorkerEvent.LinkLost lost => Retry(lost.Reason),
        WorkerEvent.CoordinatorMoved when _phase == WorkerPhase.Draining => [],
        WorkerEvent.CoordinatorMoved moved => [new WorkerEffect.Reconnect(moved.Reason)],
        WorkerEvent.RunOver over => End(ExitDone, $"the run is over: {over.Reason}"),
        WorkerEvent.StopAsked stop => Stop(stop.Reason),
        WorkerEvent.Drained => End(ExitStopped, "left"),
        WorkerEvent.Probed probed => [new WorkerEffect.Answer(probed.Reply, _phase)],
        WorkerEvent.Failed failed => End(ExitFailed, $"the computation failed: {failed.Details}"),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, null),
    };

    private WorkerEffect[] Join(WorkerEvent.Welcomed welcomed)
    {
        _lastReason = null;
        if (_phase == WorkerPhase.Draining)
        {
            return [];
        }

        _phase = WorkerPhase.Joined;
        _pause = PauseMin;
        return [new WorkerEffect.Log($"joined as {welcomed.Worker}, {welcomed.Incarnation}")];
    }

    private WorkerEffect[] BeReady(string route)
    {
        _phase = _phase == WorkerPhase.Joined ? WorkerPhase.Ready : _phase;
        return [new WorkerEffect.Log($"ready; {route}")];
    }

    /// <summary>The pause doubles with every attempt that fails; the reason is said when it changes.</summary>
    private WorkerEffect[] Retry(string reason)
    {
        if (_phase == WorkerPhase.Draining)
        {
            return End(ExitStopped, "left; the coordinator is gone");
        }

        _phase = WorkerPhase.Away;
        TimeSpan pause = _pause;
        _pause = pause * 2 < PauseMax ? pause * 2 : PauseMax;
        var connect = new WorkerEffect.Connect(pause, _life++);
        if (reason == _lastReason)
        {
            return [connect];
        }

        _lastReason = reason;
        return [new WorkerEffect.Log($"{reason}; trying again until it works"), connect];
    }

    private WorkerEffect[] Stop(string reason)
    {
        switch (_phase)
        {
            case WorkerPhase.Joined or WorkerPhase.Ready:
                _phase = WorkerPhase.Draining;
                return [new WorkerEffect.Log($"{reason}: finishing what was begun"), new WorkerEffect.Drain(reason)];
            case WorkerPhase.Draining:
                return End(ExitStopped, "left at once");
            default:
                return End(ExitStopped, reason);
        }
    }

    private WorkerEffect[] End(int code, string text)
    {
        _phase = WorkerPhase.Ended;
        return [new WorkerEffect.Log(text), new WorkerEffect.Exit(code)];
    }
}
