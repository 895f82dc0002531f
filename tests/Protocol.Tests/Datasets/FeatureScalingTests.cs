using Distributed.Numerics;
using Distributed.Protocol.Datasets;

namespace Distributed.Protocol.Tests.Datasets;

public sealed class FeatureScalingTests
{
    private static readonly Dataset Bytes = Dataset.OfBytes(2, 2, [0, 255, 10, 20, 30, 50], [0, 1, 0]);
    private static readonly Dataset Floats = Dataset.OfFloats(2, 2, [-1f, 3f, 0.5f, 1.5f, 100f, 200f], [0, 1, 0]);

    [Fact]
    public void NoneLeavesFeaturesAsTheyAre() =>
        Assert.Equal(FeatureScale.Identity, FeatureScaling.Compute(ScaleKind.None, Bytes, [0, 1, 2]));

    [Fact]
    public void MinMaxOfFullRangeBytesDividesBy255() =>
        Assert.Equal(new FeatureScale(0f, 1f / 255f), FeatureScaling.Compute(ScaleKind.MinMax, Bytes, [0, 1, 2]));

    [Fact]
    public void OnlyTheSamplesInUseCount()
    {
        Assert.Equal(new FeatureScale(10f, 1f / 40f), FeatureScaling.Compute(ScaleKind.MinMax, Bytes, [1, 2]));
        Assert.Equal(new FeatureScale(-1f, 1f / 4f), FeatureScaling.Compute(ScaleKind.MinMax, Floats, [0, 1]));
    }

    [Fact]
    public void StandardUsesMeanAndPopulationDeviation()
    {
        // 10, 20, 30, 50: mean 27.5, squares 306.25 + 56.25 + 6.25 + 506.25 over 4 = 218.75.
        var expected = new FeatureScale(27.5f, (float)(1 / Math.Sqrt(218.75)));
        Assert.Equal(expected, FeatureScaling.Compute(ScaleKind.Standard, Bytes, [1, 2]));
        Dataset same = Dataset.OfFloats(2, 2, [10f, 20f, 30f, 50f], [0, 1]);
        Assert.Equal(expected, FeatureScaling.Compute(ScaleKind.Standard, same, [0, 1]));
    }

    [Theory]
    [InlineData(ScaleKind.MinMax)]
    [InlineData(ScaleKind.Standard)]
    public void ConstantFeaturesBecomeZero(ScaleKind kind)
    {
        Assert.Equal(new FeatureScale(7f, 1f), FeatureScaling.Compute(kind, Dataset.OfBytes(2, 2, [7, 7, 7, 7], [0, 1]), [0, 1]));
        Assert.Equal(new FeatureScale(0.25f, 1f), FeatureScaling.Compute(kind, Dataset.OfFloats(1, 2, [0.25f, 0.25f], [0, 1]), [0, 1]));
    }

    /// <summary>Widths of vectors leave rests: every row length, with the extremes at every place.</summary>
    [Fact]
    public void TheRangeOfBytesIsFoundAtEveryPlace()
    {
        for (int features = 1; features <= 130; features++)
        {
            for (int place = 0; place < features; place += 7)
            {
                byte[] bytes = [.. Enumerable.Repeat((byte)100, features)];
                bytes[place] = 3;
                bytes[features - 1 - place] = 203;
                byte min = bytes.Min();
                byte max = bytes.Max();
                float factor = min == max ? 1f : (float)(1.0 / (max - min));
                FeatureScale scale = FeatureScaling.Compute(ScaleKind.MinMax, Dataset.OfBytes(features, 1, bytes, [0]), [0]);
                Assert.Equal(new FeatureScale(min, factor), scale);
            }
        }
    }

    [Theory]
    [InlineData(-3e38f, 3e38f)]
    [InlineData(0f, 1e-45f)]
    public void SpreadsBeyondFloatAreRefused(float low, float high)
    {
        Dataset data = Dataset.OfFloats(1, 2, [low, high], [0, 1]);
        var error = Assert.Throws<InputException>(() => FeatureScaling.Compute(ScaleKind.MinMax, data, [0, 1]));
        Assert.Contains("--scale minmax", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{low}", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{high}", error.Message, StringComparison.Ordinal);
        Assert.Contains("--scale none", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSignOfZeroDoesNotDependOnOrder()
    {
        int Offset(float first, float second) => BitConverter.SingleToInt32Bits(
            FeatureScaling.Compute(ScaleKind.MinMax, Dataset.OfFloats(1, 2, [first, second, 1f], [0, 1, 0]), [0, 1, 2]).Offset);
        Assert.Equal(0, Offset(0f, -0f));
        Assert.Equal(0, Offset(-0f, 0f));
    }

    [Fact]
    public void ThereMustBeASample() => Assert.Throws<CheckException>(() => FeatureScaling.Compute(ScaleKind.MinMax, Bytes, []));
}
