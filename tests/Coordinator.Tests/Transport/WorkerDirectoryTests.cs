using Distributed.Coordinator.Transport;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Transport;

/// <summary>Who may join as whom.</summary>
public sealed class WorkerDirectoryTests
{
    private readonly WorkerDirectory _directory = new();

    [Fact]
    public void AWorkerThatComesBackKeepsItsNumberAndBeginsANewLife()
    {
        Assert.Equal(new Admission(new WorkerId(1), new Incarnation(1), null), Admit("a", "key"));
        Assert.Equal(new Admission(new WorkerId(2), new Incarnation(1), null), Admit("b", "key"));
        _directory.Left("a", new Incarnation(1));
        Assert.Equal(new Admission(new WorkerId(1), new Incarnation(2), null), Admit("a", "another process"));
    }

    [Fact]
    public void AProcessTakesItsOwnPlaceAgainWithoutWaiting()
    {
        Admit("a", "key");
        Assert.Equal(new Incarnation(2), Admit("a", "key").Incarnation);
    }

    [Fact]
    public void ANameThatIsInUseIsRefusedUntilItsOwnerIsSilent()
    {
        Admit("a", "key");
        Admission refused = Admit("a", "another process");
        Assert.Null(refused.Incarnation);
        Assert.Contains("--name", refused.Refusal);
        Assert.Equal(new Incarnation(2), _directory.Admit("a", "another process", isHeard: false, 10).Incarnation);
    }

    [Fact]
    public void TheEndOfAnEarlierLifeDoesNotEndALaterOne()
    {
        Admit("a", "key");
        Admit("a", "key");
        _directory.Left("a", new Incarnation(1));
        Assert.Null(Admit("a", "another process").Incarnation);
    }

    [Fact]
    public void WhoComputedWronglyStaysOutUnderAnyName()
    {
        Admit("a", "key of a");
        Admit("b", "key of b");
        _directory.Quarantine("a", "key of a");
        _directory.Left("a", new Incarnation(1));
        Admission underAnotherName = Admit("c", "key of a");
        Assert.Null(underAnotherName.Incarnation);
        Assert.True(underAnotherName.IsPermanent);
        Assert.Contains("under another name, computed wrongly", underAnotherName.Refusal);
        Admission asAnotherProcess = Admit("a", "key of another process");
        Assert.Null(asAnotherProcess.Incarnation);
        Assert.Contains("a worker called a computed wrongly", asAnotherProcess.Refusal);
        Assert.Equal(new Incarnation(2), Admit("b", "key of b").Incarnation);
        Assert.Equal(new Admission(new WorkerId(3), new Incarnation(1), null), Admit("c", "key of c"));
    }

    [Fact]
    public void ThereIsALimit()
    {
        for (int i = 0; i < 10; i++)
        {
            Assert.Null(Admit($"worker {i}", "key").Refusal);
        }

        Assert.Contains("no more may", Admit("one too many", "key").Refusal);
        Assert.Null(Admit("worker 3", "key").Refusal);
    }

    private Admission Admit(string name, string key) => _directory.Admit(name, key, isHeard: true, workersMax: 10);
}
