using Distributed.Coordinator.Training;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Training;

public sealed class ShardPlannerTests
{
    [Fact]
    public void EveryMicrobatchIsDealtOnceInOrderAndEvenly()
    {
        var shards = new List<Shard>();
        for (int count = 1; count <= 17; count++)
        {
            for (int workers = 1; workers <= 9; workers++)
            {
                WorkerId[] ids = Enumerable.Range(1, workers).Select(i => new WorkerId(i)).ToArray();
                ShardPlanner.Deal(new MicrobatchRange(5, count), ids, shards);
                Assert.Equal(Math.Min(count, workers), shards.Count);
                Assert.Equal(5, shards[0].Microbatches.First);
                Assert.Equal(5 + count, shards[^1].Microbatches.End);
                for (int i = 1; i < shards.Count; i++)
                {
                    Assert.Equal(shards[i - 1].Microbatches.End, shards[i].Microbatches.First);
                    Assert.True(shards[i].Worker > shards[i - 1].Worker);
                }

                Assert.True(shards.Max(s => s.Microbatches.Count) - shards.Min(s => s.Microbatches.Count) <= 1);
            }
        }
    }
}
