using Distributed.Coordinator.Data;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Tests.Data;

public sealed class FeatureBufferTests
{
    [Fact]
    public void TooMuchIsRefusedBeforeMemoryIsTaken()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Bad.Input(() => new FeatureBuffer("f.csv", DatasetLimits.SamplesMax + 1L, 1), "f.csv", "268435457 samples", "268435456 samples");
        Bad.Input(() => new FeatureBuffer("f.csv", 1, DatasetLimits.FeaturesMax + 1), "1048577 features");
        Bad.Input(() => new FeatureBuffer("f.csv", DatasetLimits.SamplesMax, DatasetLimits.FeaturesMax), "2147483591 bytes");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void FewerSamplesThanExpectedLeaveNoRoomBehind()
    {
        var buffer = new FeatureBuffer("f.csv", 10, 2);
        buffer.Append([1, 2]);
        Assert.Equal([1, 2], buffer.ToDataset([0], 1).Bytes!);
    }
}
