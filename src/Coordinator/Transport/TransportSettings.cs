using System.Net;
using Distributed.Protocol.Wire;

namespace Distributed.Coordinator.Transport;

/// <summary>How workers of other processes reach the coordinator.</summary>
public sealed record TransportSettings
{
    /// <summary>This program's version; workers must have the same.</summary>
    public required string ProgramVersion { get; init; }

    /// <summary>Where workers that people start may connect; null for nowhere.</summary>
    public IPEndPoint? Listen { get; init; }

    /// <summary>What they must show there; null for nothing.</summary>
    public string? JoinToken { get; init; }

    /// <summary>This side's certificate there, and the authority whose certificates workers must present; null for no TLS.</summary>
    public TlsMaterial? Tls { get; init; }

    /// <summary>What the workers that this coordinator starts must show; they come by a loopback port of their own.</summary>
    public required string LocalToken { get; init; }

    /// <summary>How long a worker may be silent.</summary>
    public TimeSpan HeartbeatLimit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often it is to be heard.</summary>
    public TimeSpan HeartbeatInterval => HeartbeatLimit / 8;

    /// <summary>Whether workers of this machine are offered shared memory.</summary>
    public bool SharedMemory { get; init; } = true;
}
