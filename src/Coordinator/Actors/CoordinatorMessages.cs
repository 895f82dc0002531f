using Distributed.Coordinator.Training;

namespace Distributed.Coordinator.Actors;

/// <summary>Stop after the open step and save a checkpoint.</summary>
public sealed record StopRun(string Reason);

/// <summary>How the run ended.</summary>
public sealed record RunResult(RunEnd End, string Reason);
