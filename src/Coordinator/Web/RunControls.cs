namespace Distributed.Coordinator.Web;

/// <summary>What a person can ask of a run from the page. Both return at once.</summary>
/// <param name="SaveCheckpoint">After the open step.</param>
/// <param name="Stop">After the open step, with a checkpoint.</param>
public sealed record RunControls(Action SaveCheckpoint, Action Stop);
