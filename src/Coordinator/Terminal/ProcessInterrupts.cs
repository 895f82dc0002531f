using System.Runtime.InteropServices;

namespace Distributed.Coordinator.Terminal;

/// <summary>Ctrl-C and the termination signal of this process: the first asks, the second ends it at once.</summary>
public sealed class ProcessInterrupts : IInterrupts, IDisposable
{
    private readonly CancellationTokenSource _requested = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Action _exitNow;

    /// <param name="exitNow">Ends the process without delay.</param>
    public ProcessInterrupts(Action exitNow)
    {
        _exitNow = exitNow;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        ];
    }

    /// <inheritdoc/>
    public CancellationToken Requested => _requested.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _requested.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (_requested.IsCancellationRequested)
        {
            _exitNow();
            return;
        }

        context.Cancel = true;
        _requested.Cancel();
    }
}
