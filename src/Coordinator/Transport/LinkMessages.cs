using Distributed.Protocol;

namespace Distributed.Coordinator.Transport;

// Between a link and its proxy, inside the coordinator.

/// <summary>The link is gone; nothing more will come by it.</summary>
internal sealed record LinkClosed(string Reason);

/// <summary>What is to be written to a link, in order.</summary>
internal abstract record Outgoing
{
    /// <summary>The assignment, and before it the weights where the worker has other ones.</summary>
    internal sealed record Work(Assignment Assignment) : Outgoing;

    /// <summary>The run is over.</summary>
    internal sealed record Over(string Reason) : Outgoing;
}
