namespace Distributed.Simulation.Engine;

/// <summary>The simulated twin of <see cref="TimeProvider"/>: the event loop's time, as any part of the product may read it.</summary>
public sealed class VirtualTime(EventLoop loop) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => loop.Now.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + loop.Now;
}
