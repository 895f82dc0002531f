using Distributed.Coordinator.Training;

namespace Distributed.Coordinator.Actors;

/// <summary>Stop after the open step and save a checkpoint.</summary>
public sealed record StopRun(string Reason);

/// <summary>Save a checkpoint after the open step and go on.</summary>
public sealed record SaveCheckpoint;

/// <summary>Answer, to show that messages are handled.</summary>
public sealed record Probe(TaskCompletionSource<object> Answer);

/// <summary>How the run ended.</summary>
public sealed record RunResult(RunEnd End, string Reason);

/// <summary>To a worker of another process that was given up: its link is to be closed, so that it begins a new life.</summary>
public sealed record Dismiss(string Reason);

/// <summary>Time has passed.</summary>
public sealed record Tick
{
    /// <summary>The only one.</summary>
    public static Tick Instance { get; } = new();
}

/// <summary>The run cannot go on.</summary>
public sealed record FailRun(string Reason);

/// <summary>Something that people should know.</summary>
public sealed record Notice(RunEvent Happened);
