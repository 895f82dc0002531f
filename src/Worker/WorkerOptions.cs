using System.Net;
using Distributed.Protocol.Clusters;

namespace Distributed.Worker;

/// <summary>A worker's command line, understood.</summary>
public sealed record WorkerOptions
{
    /// <summary>Name or address of the coordinator's machine; empty until a cluster has told it.</summary>
    public required string Host { get; init; }

    /// <summary>The coordinator's port; 0 until a cluster has told it.</summary>
    public required int Port { get; init; }

    /// <summary>The cluster that knows where the coordinator is; null where the command line does.</summary>
    public ClusterOptions? Cluster { get; init; }

    /// <summary>What people call this worker; unique in a run.</summary>
    public required string Name { get; init; }

    /// <summary>Threads that compute.</summary>
    public required int Threads { get; init; }

    /// <summary>Where datasets are kept; null for nowhere.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>What is shown to the coordinator; null for nothing.</summary>
    public string? JoinToken { get; init; }

    /// <summary>True to encrypt and to check who the coordinator is.</summary>
    public bool UsesTls { get; init; }

    /// <summary>This worker's own certificate, and whom it trusts.</summary>
    public Distributed.Protocol.Wire.TlsMaterial? Tls { get; init; }

    /// <summary>Tokens and cluster messages may travel unencrypted.</summary>
    public bool Insecure { get; init; }

    /// <summary>Try the way to the coordinator, say what works, and end.</summary>
    public bool Check { get; init; }

    /// <summary>Where probes are answered; null for nowhere.</summary>
    public IPEndPoint? Health { get; init; }

    /// <summary>The coordinator's address as people write it.</summary>
    public string Address => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
