using Distributed.Coordinator.Training;
using Distributed.Numerics;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Training;

public sealed class StepLedgerTests
{
    private static readonly WorkerId One = new(1);
    private static readonly WorkerId Two = new(2);

    [Fact]
    public void EveryMicrobatchIsCountedOnce()
    {
        StepLedger ledger = Opened(8);
        Assert.Equal(LedgerVerdict.Counted, ledger.TryCount(new StepNumber(3), new MicrobatchRange(0, 4)));
        Assert.Equal(LedgerVerdict.Duplicate, ledger.TryCount(new StepNumber(3), new MicrobatchRange(0, 4)));
        Assert.Equal(LedgerVerdict.Duplicate, ledger.TryCount(new StepNumber(3), new MicrobatchRange(2, 2)));
        Assert.Equal(LedgerVerdict.Duplicate, ledger.TryCount(new StepNumber(3), new MicrobatchRange(0, 8)));
        Assert.Equal(4, ledger.Missing);
        Assert.Equal(LedgerVerdict.Counted, ledger.TryCount(new StepNumber(3), new MicrobatchRange(4, 4)));
        Assert.True(ledger.IsComplete);
    }

    [Fact]
    public void OtherStepsAndOddRangesDoNotCount()
    {
        StepLedger ledger = Opened(8);
        Assert.Equal(LedgerVerdict.OtherStep, ledger.TryCount(new StepNumber(2), new MicrobatchRange(0, 4)));
        Assert.Equal(LedgerVerdict.OtherStep, ledger.TryCount(new StepNumber(4), new MicrobatchRange(0, 4)));
        Assert.Equal(LedgerVerdict.NotANode, ledger.TryCount(new StepNumber(3), new MicrobatchRange(1, 2)));
        Assert.Equal(LedgerVerdict.NotANode, ledger.TryCount(new StepNumber(3), new MicrobatchRange(6, 4)));
        Assert.Equal(LedgerVerdict.NotANode, ledger.TryCount(new StepNumber(3), new MicrobatchRange(-1, 1)));
        Assert.Equal(8, ledger.Missing);
    }

    [Fact]
    public void ALostWorkersUndeliveredMicrobatchesAreFree()
    {
        StepLedger ledger = Opened(8);
        ledger.Assign(new Shard(One, new MicrobatchRange(0, 5)));
        ledger.Assign(new Shard(Two, new MicrobatchRange(5, 3)));
        ledger.TryCount(new StepNumber(3), new MicrobatchRange(2, 1));
        Assert.True(ledger.IsWaitingFor(One));
        ledger.Release(One);
        Assert.False(ledger.IsWaitingFor(One));
        Assert.True(ledger.IsWaitingFor(Two));
        var free = new List<MicrobatchRange>();
        ledger.Unassigned(free);
        Assert.Equal([new MicrobatchRange(0, 2), new MicrobatchRange(3, 2)], free);
    }

    [Fact]
    public void ASecondHolderTakesTheFirstOnesPlace()
    {
        StepLedger ledger = Opened(8);
        ledger.Assign(new Shard(One, new MicrobatchRange(0, 8)));
        ledger.TryCount(new StepNumber(3), new MicrobatchRange(0, 4));
        var alone = new List<MicrobatchRange>();
        ledger.HeldAlone(One, alone);
        Assert.Equal([new MicrobatchRange(4, 4)], alone);
        ledger.AssignSecond(new Shard(Two, alone[0]));
        ledger.HeldAlone(One, alone);
        Assert.Empty(alone);
        Assert.True(ledger.HasSecond(new MicrobatchRange(4, 2)));
        Assert.Equal("4,5,6,7", ledger.MissingFrom(One));
        ledger.Release(One);
        Assert.Equal("4,5,6,7", ledger.MissingFrom(Two));
        ledger.Unassigned(alone);
        Assert.Empty(alone);
    }

    [Fact]
    public void WhenBothHoldersLeaveTheMicrobatchesAreFree()
    {
        StepLedger ledger = Opened(2);
        ledger.Assign(new Shard(One, new MicrobatchRange(0, 2)));
        ledger.AssignSecond(new Shard(Two, new MicrobatchRange(0, 2)));
        ledger.Release(Two);
        ledger.Release(One);
        var free = new List<MicrobatchRange>();
        ledger.Unassigned(free);
        Assert.Equal([new MicrobatchRange(0, 2)], free);
    }

    [Fact]
    public void AStepIsNotOpenedBeforeTheLastIsComplete()
    {
        StepLedger ledger = Opened(2);
        Assert.Throws<CheckException>(() => ledger.Open(new StepNumber(4), 2));
    }

    private static StepLedger Opened(int count)
    {
        var ledger = new StepLedger();
        ledger.Open(new StepNumber(3), count);
        return ledger;
    }
}
