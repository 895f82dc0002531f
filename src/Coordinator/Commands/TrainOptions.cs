using System.Net;
using Distributed.Protocol;
using Distributed.Protocol.Clusters;

namespace Distributed.Coordinator.Commands;

/// <summary>
/// A train command line, understood. Nothing here but <see cref="Recipe"/>, <see cref="InitFrom"/> and the data can change a bit of the weights.
/// </summary>
public sealed record TrainOptions
{
    /// <summary>The recipe with the command line's options applied; null when a run is resumed or taken over, which has its own.</summary>
    public Recipe? Recipe { get; init; }

    /// <summary>mnist, a folder, a CSV or an NPZ file; null for mnist, or for what the resumed run used.</summary>
    public string? Data { get; init; }

    /// <summary>The safetensors or NPZ file that holds the initial weights; null for the recipe's own.</summary>
    public string? InitFrom { get; init; }

    /// <summary>A test set of its own; null for what comes with <see cref="Data"/>.</summary>
    public string? TestData { get; init; }

    /// <summary>The label's column in a CSV, by name or by number from 1; null for the first.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>Workers on this machine, at least 1.</summary>
    public required int Workers { get; init; }

    /// <summary>The workers are actors in this process.</summary>
    public bool SingleProcess { get; init; }

    /// <summary>Where workers that people start may connect, as written; null for nowhere.</summary>
    public string? Listen { get; init; }

    /// <summary>How many of the workers this coordinator starts itself; null for all, or none with <see cref="Listen"/>.</summary>
    public int? Spawn { get; init; }

    /// <summary>A file with the token that workers must show; null for the environment's, or none.</summary>
    public string? JoinTokenFile { get; init; }

    /// <summary>This coordinator's certificate, in PEM.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>Its key, in PEM.</summary>
    public string? TlsKey { get; init; }

    /// <summary>The authority whose certificates workers must present, in PEM.</summary>
    public string? TlsAuthority { get; init; }

    /// <summary>Other machines may join without a token and without TLS.</summary>
    public bool Insecure { get; init; }

    /// <summary>The cluster that this program joins; null for none.</summary>
    public ClusterOptions? Cluster { get; init; }

    /// <summary>Where the run's files go; null lets the session choose a new folder under runs/.</summary>
    public string? RunDirectory { get; init; }

    /// <summary>Steps between checkpoints besides those at epochs' ends, at least 1; null for epochs' ends alone.</summary>
    public int? CheckpointEverySteps { get; init; }

    /// <summary>Event files for TensorBoard are written to the run's folder.</summary>
    public bool TensorBoard { get; init; }

    /// <summary>The share of microbatches that are computed twice and compared, 0 to 1.</summary>
    public double AuditFraction { get; init; }

    /// <summary>HOST:PORT on which the dashboard is served; null for nowhere.</summary>
    public string? Dashboard { get; init; }

    /// <summary>A file whose first line is the dashboard's token, or null.</summary>
    public string? DashboardTokenFile { get; init; }

    /// <summary>Where probes are answered; null for nowhere.</summary>
    public IPEndPoint? Health { get; init; }

    /// <summary>The folder of the run to continue, or null.</summary>
    public string? Resume { get; init; }

    /// <summary>
    /// A supervisor starts this program again and again: a run without a checkpoint begins again in its folder, and a complete one is only reported.
    /// </summary>
    public bool IsSupervised { get; init; }
}
