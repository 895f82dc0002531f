using Grpc.Core;

namespace Grpc.Net.Client.Internal;

/// <summary>How a call ended, once and for all.</summary>
internal sealed record CallOutcome(Status Status, Metadata Trailers);
