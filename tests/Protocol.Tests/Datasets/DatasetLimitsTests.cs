using Distributed.Protocol.Datasets;

namespace Distributed.Protocol.Tests.Datasets;

public sealed class DatasetLimitsTests
{
    [Theory]
    [InlineData(0, 1, 1, true)]
    [InlineData(60_000, 784, 4, true)]
    [InlineData(-1, 1, 1, false)]
    [InlineData(1, 0, 1, false)]
    [InlineData(DatasetLimits.SamplesMax, 1, 4, true)]
    [InlineData(DatasetLimits.SamplesMax + 1L, 1, 1, false)]
    [InlineData(1, DatasetLimits.FeaturesMax, 4, true)]
    [InlineData(1, DatasetLimits.FeaturesMax + 1L, 1, false)]
    [InlineData(2047, DatasetLimits.FeaturesMax, 1, true)]
    [InlineData(2048, DatasetLimits.FeaturesMax, 1, false)]
    [InlineData(512, DatasetLimits.FeaturesMax, 4, false)]
    [InlineData(long.MaxValue, long.MaxValue, 1, false)]
    public void HoldForCountsAndForBytes(long samples, long features, int valueBytes, bool allowed) =>
        Assert.Equal(allowed, DatasetLimits.Allow(samples, features, valueBytes));
}
