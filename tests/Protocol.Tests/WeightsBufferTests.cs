namespace Distributed.Protocol.Tests;

public sealed class WeightsBufferTests
{
    [Fact]
    public void AMirrorHoldsTheSameVersionsUntilItEnds()
    {
        var weights = new WeightsBuffer(new float[] { 1, 2, 3 });
        var mirror = new WeightsBuffer(new float[3]);
        weights.MirrorTo(mirror);
        weights.EndWrite(new WeightsVersion(4));
        Assert.True(mirror.Holds(new WeightsVersion(4)));
        Assert.Equal([1, 2, 3], mirror.Values.ToArray());

        weights.BeginWrite();
        Assert.False(mirror.Holds(new WeightsVersion(4)));
        weights.Values.Fill(7);
        weights.Written(0, 2);
        weights.Written(2, 1);
        weights.EndWrite(new WeightsVersion(5));
        Assert.True(mirror.Holds(new WeightsVersion(5)));
        Assert.Equal([7, 7, 7], mirror.Values.ToArray());

        weights.MirrorTo(null);
        weights.BeginWrite();
        Assert.True(mirror.Holds(new WeightsVersion(5)));
    }
}
