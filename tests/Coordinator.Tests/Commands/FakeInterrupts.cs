using Distributed.Coordinator.Terminal;

namespace Distributed.Coordinator.Tests.Commands;

/// <summary>Ctrl-C from a test.</summary>
public sealed class FakeInterrupts : IInterrupts
{
    private readonly CancellationTokenSource _requested = new();

    public CancellationToken Requested => _requested.Token;

    public void Press() => _requested.Cancel();
}
