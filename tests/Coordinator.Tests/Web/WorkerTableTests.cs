using Distributed.Coordinator.Web;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Web;

/// <summary>What the workers' cards say.</summary>
public sealed class WorkerTableTests
{
    private static readonly WorkerId First = new(1);

    private readonly ManualTime _time = new();
    private readonly WorkerTable _table;

    public WorkerTableTests() => _table = new WorkerTable(_time);

    [Fact]
    public void ComputingAndWaitingAddUpToTheTimeSinceItJoined()
    {
        _table.Joined(WatchedRun.Join(1));
        _time.Advance(TimeSpan.FromSeconds(3));
        _table.Activity.Assigned(First);
        _time.Advance(TimeSpan.FromSeconds(1));
        _table.Activity.Delivered(First, 4);
        WorkerState worker = Assert.Single(_table.Observe());
        Assert.Equal(4, worker.Microbatches);
        Assert.Equal(1.0, worker.BusySeconds);
        Assert.Equal(0.75, worker.WaitingShare);
    }

    [Fact]
    public void AWorkerIsHeardOfByWhatItDeliversAndByItsHeartbeats()
    {
        _table.Joined(WatchedRun.Join(1));
        Assert.Equal(0, Silence());
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, Silence());
        _table.Activity.Delivered(First, 1);
        Assert.Equal(0, Silence());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, Silence());
        _table.Activity.Heard(First);
        Assert.Equal(0, Silence());
    }

    [Fact]
    public void ASlowWorkerIsShownAsSlowForAWhile()
    {
        _table.Joined(WatchedRun.Join(1));
        _table.Happened(First, "worker_slow");
        Assert.Equal(WorkerCondition.Slow, Condition());
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(WorkerCondition.Live, Condition());
    }

    [Fact]
    public void ALostWorkerComesBackInANewLife()
    {
        _table.Joined(WatchedRun.Join(1));
        _table.Happened(First, "worker_lost");
        Assert.Equal(WorkerCondition.Lost, Condition());
        Assert.Null(_table.Observe()[0].WaitingShare);
        _table.Happened(First, "waiting");
        Assert.Equal(WorkerCondition.Lost, Condition());
        _table.Joined(WatchedRun.Join(1, incarnation: 2));
        WorkerState worker = Assert.Single(_table.Observe());
        Assert.Equal(WorkerCondition.Returned, worker.Condition);
        Assert.True(worker.Condition.IsThere());
        Assert.Equal(2, worker.Incarnation);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(WorkerCondition.Live, Condition());
    }

    [Fact]
    public void QuarantineIsForGood()
    {
        _table.Joined(WatchedRun.Join(1));
        _table.Happened(First, "worker_quarantined");
        _table.Happened(First, "worker_lost");
        _table.Joined(WatchedRun.Join(1, incarnation: 2));
        Assert.Equal(WorkerCondition.Quarantined, Condition());
    }

    [Fact]
    public void CountingAllocatesNothing()
    {
        _table.Joined(WatchedRun.Join(1));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            _table.Activity.Assigned(First);
            _table.Activity.Delivered(First, 4);
            _table.Activity.Heard(First);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private double Silence() => _table.Observe()[0].SilentSeconds;

    private WorkerCondition Condition() => _table.Observe()[0].Condition;
}
