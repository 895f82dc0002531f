namespace Grpc.AspNetCore.Server;

/// <summary>What the services of this process let through and tell.</summary>
public class GrpcServiceOptions
{
    /// <summary>Payload bytes; null: no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>Payload bytes; null: no limit. 4 MiB unless said otherwise.</summary>
    public int? MaxReceiveMessageSize { get; set; } = 4 * 1024 * 1024;

    /// <summary>Whether a client is told the exception that a handler threw.</summary>
    public bool? EnableDetailedErrors { get; set; }
}
