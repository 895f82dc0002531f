using Distributed.Health;
using Distributed.Protocol;

namespace Distributed.Worker.Tests;

/// <summary>A worker's decisions, event by event.</summary>
public sealed class WorkerStateTests
{
    private static readonly WorkerEvent Welcome = new WorkerEvent.Welcomed(new WorkerId(3), new Incarnation(1));

    private readonly WorkerState _state = new();

    [Fact]
    public void PausesGrowUpToALimitAndNeverEnd()
    {
        Assert.Equal(TimeSpan.Zero, Connect(new WorkerEvent.Started()).Pause);
        var pauses = new List<TimeSpan>();
        for (int life = 1; life <= 1000; life++)
        {
            WorkerEffect.Connect connect = Connect(new WorkerEvent.LinkLost("nobody answers"));
            Assert.Equal(life, connect.Life);
            pauses.Add(connect.Pause);
        }

        Assert.Equal(pauses.Order(), pauses);
        Assert.True(pauses[0] < TimeSpan.FromSeconds(0.2));
        Assert.True(pauses[^1] <= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void AWelcomeMakesTheNextPauseShortAgain()
    {
        TimeSpan first = Connect(new WorkerEvent.LinkLost("cut")).Pause;
        for (int i = 0; i < 10; i++)
        {
            Connect(new WorkerEvent.LinkLost("cut"));
        }

        _state.Handle(Welcome);
        Assert.Equal(first, Connect(new WorkerEvent.LinkLost("cut")).Pause);
    }

    [Fact]
    public void AReasonIsSaidOnceUntilItChanges()
    {
        Assert.Contains(_state.Handle(new WorkerEvent.LinkLost("one")), effect => effect is WorkerEffect.Log);
        Assert.DoesNotContain(_state.Handle(new WorkerEvent.LinkLost("one")), effect => effect is WorkerEffect.Log);
        Assert.Contains(_state.Handle(new WorkerEvent.LinkLost("two")), effect => effect is WorkerEffect.Log);
    }

    [Fact]
    public void AStopDrainsFirstAndASecondOneDoesNot()
    {
        _state.Handle(Welcome);
        Assert.Contains(_state.Handle(new WorkerEvent.StopAsked("Ctrl-C")), effect => effect is WorkerEffect.Drain);
        Assert.Equal(WorkerState.ExitStopped, Exit(new WorkerEvent.StopAsked("Ctrl-C")));
    }

    [Fact]
    public void WithNobodyToTellAStopIsAtOnce() => Assert.Equal(WorkerState.ExitStopped, Exit(new WorkerEvent.StopAsked("Ctrl-C")));

    [Fact]
    public void ALostLinkWhileDrainingEnds()
    {
        _state.Handle(Welcome);
        _state.Handle(new WorkerEvent.StopAsked("Ctrl-C"));
        Assert.Equal(WorkerState.ExitStopped, Exit(new WorkerEvent.LinkLost("gone")));
    }

    [Fact]
    public void AProbeIsToldThePhase()
    {
        Assert.Equal(WorkerPhase.Away, Phase());
        Assert.Equal(WorkerPhase.Joined, Phase(Welcome));
        Assert.Equal(WorkerPhase.Ready, Phase(new WorkerEvent.Prepared("tensors by the network")));
        Assert.Equal(WorkerPhase.Away, Phase(new WorkerEvent.LinkLost("cut")));
        Assert.Equal(WorkerPhase.Ready, Phase(Welcome, new WorkerEvent.Prepared("tensors by the network")));
        Assert.Equal(WorkerPhase.Draining, Phase(new WorkerEvent.StopAsked("Ctrl-C")));
        Assert.Equal(WorkerPhase.Draining, Phase(new WorkerEvent.Prepared("tensors by the network")));
        Assert.Empty(_state.Handle(new WorkerEvent.Drained()).OfType<WorkerEffect.Answer>());
        Assert.Empty(_state.Handle(new WorkerEvent.Probed(_ => { })));
    }

    [Fact]
    public void OnlyAWorkerThatComputesIsReadyAndOnlyOneThatIsSilentIsBroken()
    {
        Assert.Equal(HealthState.Ready, WorkerHealth.Of(WorkerPhase.Ready));
        Assert.Equal(HealthState.Broken("the worker did not answer within 1 s"), WorkerHealth.Of(null));
        foreach (WorkerPhase phase in Enum.GetValues<WorkerPhase>().Where(phase => phase != WorkerPhase.Ready))
        {
            Assert.Null(WorkerHealth.Of(phase).Fault);
            Assert.NotNull(WorkerHealth.Of(phase).NotReady);
        }
    }

    private WorkerPhase Phase(params WorkerEvent[] before)
    {
        Array.ForEach(before, happened => _state.Handle(happened));
        return _state.Handle(new WorkerEvent.Probed(_ => { })).OfType<WorkerEffect.Answer>().Single().Phase;
    }

    [Fact]
    public void OnlyAPermanentRefusalEnds()
    {
        Assert.Contains(_state.Handle(new WorkerEvent.Refused("name is taken", Permanent: false)), effect => effect is WorkerEffect.Connect);
        Assert.Equal(WorkerState.ExitRefused, Exit(new WorkerEvent.Refused("other version", Permanent: true)));
    }

    [Fact]
    public void TheEndOfTheRunIsTheEnd()
    {
        _state.Handle(Welcome);
        Assert.Equal(WorkerState.ExitDone, Exit(new WorkerEvent.RunOver("every step is done")));
        Assert.Empty(_state.Handle(new WorkerEvent.LinkLost("closed")));
    }

    [Fact]
    public void AnExceptionOfTheComputationIsAFailure() => Assert.Equal(WorkerState.ExitFailed, Exit(new WorkerEvent.Failed("DivideByZeroException")));

    [Fact]
    public void AMovedCoordinatorIsFollowedAtOnce()
    {
        var moved = new WorkerEvent.CoordinatorMoved("it is elsewhere");
        Assert.Equal([new WorkerEffect.Reconnect("it is elsewhere")], _state.Handle(moved));
        _state.Handle(Welcome);
        Assert.Equal([new WorkerEffect.Reconnect("it is elsewhere")], _state.Handle(moved));
        Assert.True(Connect(new WorkerEvent.LinkLost("it is elsewhere")).Pause < TimeSpan.FromSeconds(0.2));
        _state.Handle(Welcome);
        _state.Handle(new WorkerEvent.StopAsked("asked to leave"));
        Assert.Empty(_state.Handle(moved));
    }

    private WorkerEffect.Connect Connect(WorkerEvent happened) => _state.Handle(happened).OfType<WorkerEffect.Connect>().Single();

    private int Exit(WorkerEvent happened) => _state.Handle(happened).OfType<WorkerEffect.Exit>().Single().Code;
}
