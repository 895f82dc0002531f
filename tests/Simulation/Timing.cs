namespace Distributed.Simulation;

/// <summary>The waits of the simulated processes' shells.</summary>
internal static class Timing
{
    /// <summary>A worker gives a silent link up after this.</summary>
    internal static readonly TimeSpan KeepAliveLimit = TimeSpan.FromSeconds(4);

    /// <summary>Between a worker's heartbeats.</summary>
    internal static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);

    /// <summary>How long a worker may be silent.</summary>
    internal static readonly TimeSpan HeartbeatLimit = TimeSpan.FromSeconds(3);

    /// <summary>Between a coordinator's ticks.</summary>
    internal static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
}
