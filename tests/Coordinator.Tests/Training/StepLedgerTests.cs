using Distributed.Coordinator.Training;
using Distributed.Numerics;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Training;

public sealed class StepLedgerTests
{
    private static readonly WorkerId One = new(1);
    private static readonly WorkerId Two = new(2);
    private static readonly WorkerId Three = new(3);

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
    public void WhoWasAskedNextTakesTheFirstOnesPlace()
    {
        StepLedger ledger = Opened(8);
        ledger.Assign(new Shard(One, new MicrobatchRange(0, 8)));
        ledger.TryCount(new StepNumber(3), new MicrobatchRange(0, 4));
        Assert.Equal([new MicrobatchRange(4, 4)], HeldBy(ledger, One, 1));
        ledger.Assign(new Shard(Two, new MicrobatchRange(4, 4)));
        Assert.Empty(HeldBy(ledger, One, 1));
        Assert.True(ledger.IsShared(new MicrobatchRange(4, 2)));
        Assert.Equal("4,5,6,7", ledger.MissingFrom(One));
        ledger.Release(One);
        Assert.Equal("4,5,6,7", ledger.MissingFrom(Two));
        var free = new List<MicrobatchRange>();
        ledger.Unassigned(free);
        Assert.Empty(free);
    }

    [Fact]
    public void WhatTwoHoldMayGoToAThird()
    {
        StepLedger ledger = Opened(4);
        ledger.Assign(new Shard(One, new MicrobatchRange(0, 4)));
        ledger.Assign(new Shard(Two, new MicrobatchRange(0, 2)));
        Assert.Equal([new MicrobatchRange(2, 2)], HeldBy(ledger, One, 1));
        Assert.Equal([new MicrobatchRange(0, 4)], HeldBy(ledger, One, 2));
        ledger.Assign(new Shard(Three, new MicrobatchRange(0, 2)));
        Assert.Equal([new MicrobatchRange(2, 2)], HeldBy(ledger, One, 2));
        Assert.True(ledger.IsWaitingFor(Two));
        ledger.Release(Two);
        ledger.Release(One);
        Assert.Equal("0,1", ledger.MissingFrom(Three));
    }

    [Fact]
    public void WhenBothHoldersLeaveTheMicrobatchesAreFree()
    {
        StepLedger ledger = Opened(2);
        ledger.Assign(new Shard(One, new MicrobatchRange(0, 2)));
        ledger.Assign(new Shard(Two, new MicrobatchRange(0, 2)));
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

    private static List<MicrobatchRange> HeldBy(StepLedger ledger, WorkerId worker, int holdersMax)
    {
        var runs = new List<MicrobatchRange>();
        ledger.HeldBy(worker, holdersMax, runs);
        return runs;
    }

    private static StepLedger Opened(int count)
    {
        var ledger = new StepLedger();
        ledger.Open(new StepNumber(3), count);
        return ledger;
    }
}
