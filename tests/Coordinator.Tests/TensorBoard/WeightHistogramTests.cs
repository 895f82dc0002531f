using Distributed.Coordinator.TensorBoard;
using Distributed.Coordinator.TensorBoard.Messages;
using FsCheck;
using FsCheck.Fluent;

namespace Distributed.Coordinator.Tests.TensorBoard;

public sealed class WeightHistogramTests
{
    [Fact]
    public void Counts_values_between_the_smallest_and_the_largest()
    {
        float[] values = [.. Enumerable.Range(0, 31).Select(value => (float)value)];
        HistogramProto histogram = WeightHistogram.Of(values)!;
        Assert.Equal((0, 30, 31), (histogram.Min, histogram.Max, histogram.Num));
        Assert.Equal(465, histogram.Sum);
        Assert.Equal(9455, histogram.SumSquares);
        Assert.Equal(WeightHistogram.Buckets, histogram.Bucket.Count);
        Assert.All(histogram.Bucket.SkipLast(1), count => Assert.Equal(1, count));
        Assert.Equal(2, histogram.Bucket[^1]);
        Assert.Equal(Enumerable.Range(1, 30).Select(edge => (double)edge), histogram.BucketLimit);
    }

    [Fact]
    public void Equal_values_make_one_bucket()
    {
        HistogramProto histogram = WeightHistogram.Of([0.1f, 0.1f, 0.1f])!;
        Assert.Equal([3.0], histogram.Bucket);
        Assert.Equal([(double)0.1f], histogram.BucketLimit);
    }

    [Fact]
    public void What_is_not_finite_is_left_out()
    {
        HistogramProto histogram = WeightHistogram.Of([float.NaN, 1, float.PositiveInfinity, 3, float.NegativeInfinity])!;
        Assert.Equal((1, 3, 2), (histogram.Min, histogram.Max, histogram.Num));
        Assert.Null(WeightHistogram.Of([float.NaN]));
        Assert.Null(WeightHistogram.Of([]));
    }

    [Fact]
    public void Every_value_is_in_a_bucket_whose_edges_rise() => Prop.ForAll<float[]>(values =>
    {
        HistogramProto? histogram = WeightHistogram.Of(values);
        int finite = values.Count(float.IsFinite);
        return histogram is null
            ? finite == 0
            : histogram.Bucket.Sum() == finite
                && histogram.BucketLimit[^1] == histogram.Max
                && histogram.BucketLimit.Zip(histogram.BucketLimit.Skip(1)).All(edges => edges.First < edges.Second);
    }).QuickCheckThrowOnFailure();
}
