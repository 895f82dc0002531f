namespace Distributed.Protocol.Wire;

/// <summary>A peer sent what the protocol does not allow. The link to it is closed with this sentence; nothing of the message is used.</summary>
public sealed class WireException(string message) : Exception(message);
