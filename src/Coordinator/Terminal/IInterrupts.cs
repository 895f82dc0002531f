namespace Distributed.Coordinator.Terminal;

/// <summary>Requests from outside to stop.</summary>
public interface IInterrupts
{
    /// <summary>Cancelled by the first Ctrl-C or termination signal. The second ends the process at once.</summary>
    CancellationToken Requested { get; }
}
