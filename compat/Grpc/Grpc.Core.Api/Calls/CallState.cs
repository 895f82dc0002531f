namespace Grpc.Core;

/// <summary>What every kind of call knows besides its messages.</summary>
internal readonly record struct CallState(
    Task<Metadata> ResponseHeadersAsync, Func<Status> GetStatus, Func<Metadata> GetTrailers, Action Dispose);
