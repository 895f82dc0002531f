using Distributed.Coordinator.Terminal;
using Distributed.Coordinator.Tuning;

namespace Distributed.Coordinator.Commands;

/// <summary>Everything a command reaches outside the program through, so that all of them run in a test without a process.</summary>
public sealed record CommandEnvironment
{
    /// <summary>Standard output: results.</summary>
    public required ConsoleStream Output { get; init; }

    /// <summary>Opens standard input; nothing is in it unless told otherwise.</summary>
    public Func<Stream> OpenInput { get; init; } = () => Stream.Null;

    /// <summary>Standard error: everything else.</summary>
    public required ConsoleStream Error { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Ctrl-C and its kin.</summary>
    public required IInterrupts Interrupts { get; init; }

    /// <summary>What trains.</summary>
    public required ITrainingSession Session { get; init; }

    /// <summary>What trains the trials of a tuning.</summary>
    public required ITrialSource Trials { get; init; }

    /// <summary>What opens trained models.</summary>
    public required IModelSource Models { get; init; }

    /// <summary>Logical cores: the default number of workers.</summary>
    public required int Cores { get; init; }

    /// <summary>How this program was called, for commands that a person can paste.</summary>
    public required string InvokedAs { get; init; }

    /// <summary>The program's version.</summary>
    public required string Version { get; init; }
}
