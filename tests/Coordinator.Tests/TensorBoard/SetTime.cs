namespace Distributed.Coordinator.Tests.TensorBoard;

/// <summary>A clock that shows what it is set to.</summary>
internal sealed class SetTime(long unixSeconds) : TimeProvider
{
    public long UnixSeconds { get; set; } = unixSeconds;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(UnixSeconds).AddMilliseconds(250);
}
