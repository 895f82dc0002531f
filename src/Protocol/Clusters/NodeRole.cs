namespace Distributed.Protocol.Clusters;

/// <summary>What a node of a cluster is there for.</summary>
public enum NodeRole
{
    /// <summary>Computes.</summary>
    Worker,

    /// <summary>Begins or resumes the run.</summary>
    Coordinator,

    /// <summary>Waits, and takes the run over when the coordinator's node is lost.</summary>
    Standby,
}
