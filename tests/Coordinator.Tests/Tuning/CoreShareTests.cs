using Distributed.Coordinator.Tuning;

namespace Distributed.Coordinator.Tests.Tuning;

/// <summary>Cores are shared out, and none is idle while there is a trial to train.</summary>
public sealed class CoreShareTests
{
    [Theory]
    [InlineData(2, 6, null, null, 2, 1)]
    [InlineData(8, 3, null, null, 3, 2)]
    [InlineData(8, 1, null, null, 1, 8)]
    [InlineData(1, 9, null, null, 1, 1)]
    [InlineData(8, 9, 2, null, 2, 4)]
    [InlineData(8, 9, null, 2, 4, 2)]
    [InlineData(8, 9, null, 16, 1, 16)]
    [InlineData(2, 9, 5, 3, 5, 3)]
    [InlineData(2, 4, 5, null, 4, 1)]
    public void Trials_at_once_and_workers_of_each(int cores, int trials, int? parallel, int? workers, int expectedTrials, int expectedWorkers) =>
        Assert.Equal(new CoreShare(expectedTrials, expectedWorkers), CoreShare.Of(cores, trials, parallel, workers));
}
