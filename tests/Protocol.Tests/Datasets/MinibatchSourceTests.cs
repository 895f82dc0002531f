using Distributed.Numerics;
using Distributed.Numerics.Kernels;
using Distributed.Protocol.Datasets;

namespace Distributed.Protocol.Tests.Datasets;

public sealed class MinibatchSourceTests
{
    private const int Features = 21;
    private const int Samples = 9;
    private static readonly FeatureScale Scale = new(3f, 0.25f);
    private static readonly int[] Labels = [.. Enumerable.Range(0, Samples)];

    private static readonly Dataset Bytes = Dataset.OfBytes(
        Features, Samples, [.. Enumerable.Range(0, Samples * Features).Select(i => (byte)i)], Labels);

    private static readonly Dataset Floats = Dataset.OfFloats(
        Features, Samples, [.. Enumerable.Range(0, Samples * Features).Select(i => i * 0.37f)], Labels);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void GathersTheSamplesThatTheOrderNames(bool bytes)
    {
        Dataset data = bytes ? Bytes : Floats;
        int[] order = [8, 1, 6, 6, 0, 3];
        var source = new MinibatchSource(data, Scale);
        source.MoveTo(order, 1, 4);
        Assert.Equal(4, source.Count);
        Assert.Equal(Features, source.Features);

        float[] features = new float[2 * Features];
        int[] labels = new int[2];
        source.Gather(2, 2, features, labels);

        Assert.Equal([6, 0], labels);
        Assert.Equal([.. Row(data, 6), .. Row(data, 0)], features);
    }

    [Fact]
    public void BytesStayAsTheyAreStored()
    {
        var source = new MinibatchSource(Bytes, Scale);
        source.MoveTo([8, 1, 6, 6, 0, 3], 1, 4);
        Assert.Equal(new ByteScale(Scale.Offset, Scale.Factor), source.ByteScale);

        byte[] features = new byte[2 * 32];
        int[] labels = new int[2];
        source.GatherBytes(2, 2, features, 32, labels);

        Assert.Equal([6, 0], labels);
        Assert.Equal(Bytes.Bytes.AsSpan(6 * Features, Features), features.AsSpan(0, Features));
        Assert.Equal(Bytes.Bytes.AsSpan(0, Features), features.AsSpan(32, Features));
        Assert.Throws<CheckException>(() => source.GatherBytes(3, 2, features, 32, labels));
        Assert.Throws<CheckException>(() => source.GatherBytes(2, 2, features, Features - 1, labels));
    }

    [Fact]
    public void FloatsAreNoBytes()
    {
        var source = new MinibatchSource(Floats, Scale);
        source.MoveTo(Labels, 0, Samples);
        Assert.Null(source.ByteScale);
        Assert.Throws<CheckException>(() => source.GatherBytes(0, 1, new byte[Features], Features, new int[1]));
        Assert.Throws<CheckException>(() => source.Locate(0, new nint[1]));
    }

    [Fact]
    public unsafe void LocatesTheNextMinibatchsSamplesAndNoneBeyondTheOrder()
    {
        var source = new MinibatchSource(Bytes, Scale);
        source.MoveTo([8, 1, 6, 5], 0, 2);
        fixed (byte* first = Bytes.Bytes)
        {
            nint[] addresses = new nint[5];
            source.Locate(1, addresses);
            nint start = (nint)first;
            Assert.Equal(new[] { 1, 6, 5, 5, 5 }.Select(sample => start + (sample * Features)), addresses);
        }
    }

    [Fact]
    public void MovesOnWithoutAllocating()
    {
        int[] order = [.. Enumerable.Range(0, Samples)];
        var source = new MinibatchSource(Bytes, Scale);
        float[] features = new float[3 * Features];
        int[] labels = new int[3];
        void Pass()
        {
            for (int first = 0; first < Samples; first += 3)
            {
                source.MoveTo(order, first, 3);
                source.Gather(0, 3, features, labels);
                Assert.True(labels[2] == first + 2);
            }
        }

        Pass();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Pass();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void EveryWidthGivesTheSameBits()
    {
        float[]? first = null;
        foreach (InstructionSet set in Enum.GetValues<InstructionSet>().Where(set => set <= FeatureScaleKernel.Widest))
        {
            var source = new MinibatchSource(Floats, Scale, set);
            source.MoveTo(Labels, 0, Samples);
            float[] features = new float[Samples * Features];
            source.Gather(0, Samples, features, new int[Samples]);
            first ??= features;
            Assert.Equal(first.Select(BitConverter.SingleToInt32Bits), features.Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Fact]
    public void PositionsOutsideTheMinibatchAreRefused()
    {
        var source = new MinibatchSource(Bytes, Scale);
        Assert.Throws<CheckException>(() => source.MoveTo([0, 1], 1, 2));
        Assert.Throws<CheckException>(() => source.MoveTo([0, 1], -1, 1));
        source.MoveTo([0, 1, 2], 0, 2);
        Assert.Throws<CheckException>(() => source.Gather(1, 2, new float[2 * Features], new int[2]));
        Assert.Throws<CheckException>(() => source.Gather(-1, 1, new float[Features], new int[1]));
        Assert.Throws<CheckException>(() => source.Gather(0, 2, new float[Features], new int[2]));
        Assert.Throws<CheckException>(() => source.Gather(0, 2, new float[2 * Features], new int[1]));
    }

    private static IEnumerable<float> Row(Dataset data, int sample) => Enumerable.Range(sample * Features, Features)
        .Select(i => ((data.Bytes is null ? data.Floats![i] : data.Bytes[i]) - Scale.Offset) * Scale.Factor);
}
