using Distributed.Coordinator.Training;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;
using Distributed.Protocol.Plan;

namespace Distributed.Coordinator.Tests.Training;

/// <summary>The run's decisions when microbatches are audited, with workers that answer by hand and sometimes lie.</summary>
public sealed class AuditTests
{
    private static readonly Incarnation First = new(1);
    private static readonly StepNumber Step = new(0);

    [Theory]
    [InlineData(2, 1.0)]
    [InlineData(3, 1.0)]
    [InlineData(5, 0.4)]
    public void AuditingChangesNoBit(int workers, double fraction)
    {
        var fixture = new RunFixture(auditFraction: fraction);
        fixture.JoinAll(workers);
        fixture.Run.Start();
        fixture.AnswerAll();
        Assert.Equal(RunEnd.Completed, fixture.Ended);
        Assert.Empty(fixture.Arbitrations);
        Assert.DoesNotContain(fixture.Events, e => e.Kind is "bits_differ" or "worker_quarantined");
        RunFixture.AssertSameBits(RunFixture.Sequential(), fixture.Weights);
    }

    [Fact]
    public void WhatIsAuditedDependsOnSeedAndStepAlone()
    {
        var first = new List<int>();
        var again = new List<int>();
        var all = new List<int>();
        var none = new List<int>();
        new AuditPlan(7, 0.5).Draw(new StepNumber(3), 100, first);
        new AuditPlan(7, 0.5).Draw(new StepNumber(3), 100, again);
        new AuditPlan(7, 1).Draw(new StepNumber(3), 100, all);
        new AuditPlan(7, 0).Draw(new StepNumber(3), 100, none);
        Assert.Equal(first, again);
        Assert.InRange(first.Count, 30, 70);
        Assert.Equal(Enumerable.Range(0, 100), all);
        Assert.Empty(none);
    }

    [Fact]
    public void EveryAuditedMicrobatchGoesToTwoWorkers()
    {
        var fixture = new RunFixture(auditFraction: 1);
        fixture.JoinAll(4);
        fixture.Run.Start();
        (int Worker, int First, int Count)[] assigned = fixture.TakeAssignments();
        Assert.Equal(16, assigned.Length);
        Assert.All(assigned, a => Assert.Equal(1, a.Count));
        Assert.All(assigned.GroupBy(a => a.First), group => Assert.Equal(2, group.Select(a => a.Worker).Distinct().Count()));
        Assert.All(assigned.GroupBy(a => a.Worker), group => Assert.Equal(4, group.Count()));
    }

    [Fact]
    public void NobodyIsAskedForMoreThanItsQueueHolds()
    {
        var plan = new AuditPlan(1, 1);
        var asked = new List<int>();
        var audit = new StepAudit(plan, new RunFixture(), (_, microbatch) => asked.Add(microbatch));
        audit.Open(new StepPosition(Step, 0, 0, 0, new MicrobatchPlan(500, 500)));
        audit.AskAll([new WorkerId(1), new WorkerId(2)]);
        Assert.Equal(128, asked.Count);
    }

    [Fact]
    public void AThirdWorkerDecidesAndTheCulpritIsOut()
    {
        RunFixture fixture = Disputed(workers: 3, out int[] answered);
        Assert.Contains(fixture.Events, e => e.Kind == "bits_differ");
        (int Worker, int First, int Count)[] asked = fixture.TakeAssignments();
        int third = Assert.Single(asked).Worker;
        Assert.DoesNotContain(third, answered);
        fixture.Deliver(new WorkerId(third), First, Step, new MicrobatchRange(0, 1));
        AssertQuarantined(fixture, answered[1]);
        Assert.Empty(fixture.Arbitrations);
    }

    [Fact]
    public void WithTwoWorkersTheCoordinatorDecides()
    {
        RunFixture fixture = Disputed(workers: 2, out int[] answered);
        Assert.Equal([(Step, new MicrobatchRange(0, 1))], fixture.Arbitrations);
        fixture.Arbitrate(new MicrobatchRange(0, 1));
        AssertQuarantined(fixture, answered[1]);
    }

    [Fact]
    public void WithOneWorkerTheCoordinatorIsTheSecond()
    {
        var fixture = new RunFixture(auditFraction: 1);
        fixture.JoinAll(1);
        fixture.Run.Start();
        Assert.Equal(8, fixture.Arbitrations.Count);
        fixture.AnswerAll();
        Assert.Equal(0, fixture.Run.Position.Next.Value);
        for (int microbatch = 0; microbatch < 8; microbatch++)
        {
            fixture.Arbitrate(new MicrobatchRange(microbatch, 1));
        }

        Assert.Equal(1, fixture.Run.Position.Next.Value);
    }

    [Fact]
    public void AWorkerInQuarantineStaysOutInEveryLife()
    {
        RunFixture fixture = Disputed(workers: 2, out int[] answered);
        fixture.Arbitrate(new MicrobatchRange(0, 1));
        fixture.Dismissed.Clear();
        fixture.Join(answered[1], 2);
        Assert.DoesNotContain(new WorkerId(answered[1]), fixture.Run.Workers);
        Assert.Equal([new WorkerId(answered[1])], fixture.Dismissed);
    }

    [Fact]
    public void WhatACulpritDeliveredUnauditedIsComputedAgain()
    {
        // The first step in which one of the liar's microbatches is audited and it is caught.
        var fixture = new RunFixture(auditFraction: 0.5);
        fixture.JoinAll(3);
        fixture.Run.Start();
        fixture.AnswerAll(liar: new WorkerId(2));
        RunEvent named = Assert.Single(fixture.Events, e => e.Kind == "worker_quarantined");
        Assert.Equal(new WorkerId(2), named.Worker);
        Assert.StartsWith("step 0:", named.Text);
        Assert.Equal(RunEnd.Completed, fixture.Ended);
        RunFixture.AssertSameBits(RunFixture.Sequential(), fixture.Weights);
    }

    [Fact]
    public void ALateWrongAnswerIsNoticedToo()
    {
        RunFixture fixture = Disputed(workers: 4, out int[] answered);
        int third = Assert.Single(fixture.TakeAssignments()).Item1;
        fixture.Deliver(new WorkerId(third), First, Step, new MicrobatchRange(0, 1));
        int fourth = Enumerable.Range(1, 4).Single(worker => worker != third && !answered.Contains(worker));
        fixture.Deliver(new WorkerId(fourth), First, Step, new MicrobatchRange(0, 1), wrong: true);
        AssertQuarantined(fixture, fourth);
    }

    /// <summary>Microbatch 0 of step 0, answered by two workers, of whom the second lies.</summary>
    private static RunFixture Disputed(int workers, out int[] answered)
    {
        var fixture = new RunFixture(auditFraction: 1);
        fixture.JoinAll(workers);
        fixture.Run.Start();
        answered = fixture.TakeAssignments().Where(a => a.Item2 == 0).Select(a => a.Item1).ToArray();
        fixture.Deliver(new WorkerId(answered[0]), First, Step, new MicrobatchRange(0, 1));
        fixture.Deliver(new WorkerId(answered[1]), First, Step, new MicrobatchRange(0, 1), wrong: true);
        return fixture;
    }

    private static void AssertQuarantined(RunFixture fixture, int worker)
    {
        RunEvent named = fixture.Events.Last(e => e.Kind == "worker_quarantined");
        Assert.Equal(new WorkerId(worker), named.Worker);
        Assert.Contains($"worker-{worker}", named.Text);
        Assert.DoesNotContain(new WorkerId(worker), fixture.Run.Workers);
        Assert.Contains(new WorkerId(worker), fixture.Dismissed);
    }
}
