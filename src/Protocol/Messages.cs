using Distributed.Numerics.Reduction;

namespace Distributed.Protocol;

// Messages between the coordinator and a worker. Tensors do not travel in them: weights by WeightsBuffer, gradients by Partial.
// An assignment travels in an AssignmentLease.
//
// | message        | from        | to          | meaning                                                            |
// |----------------|-------------|-------------|--------------------------------------------------------------------|
// | Join           | worker      | coordinator | a worker is there and can compute                                  |
// | Heartbeat      | worker      | coordinator | a worker of another process is alive, whatever it computes         |
// | Assignment     | coordinator | worker      | compute these microbatches of this step with this weights version  |
// | Partial        | worker      | coordinator | the sum of one node of the step's reduction tree                   |
// | WorkerFailed   | worker      | coordinator | an exception ended the worker's computation                        |
// | Leave          | worker      | coordinator | the worker will compute no more                                    |
// | RunOver        | coordinator | worker      | no more assignments will come                                      |

/// <summary>A worker is there and can compute.</summary>
/// <param name="Worker">Its number.</param>
/// <param name="Incarnation">Its life.</param>
/// <param name="Name">What people call it, with its address where it has one.</param>
/// <param name="SendsHeartbeats">True for a worker of another process, which is given up when it falls silent.</param>
public sealed record Join(WorkerId Worker, Incarnation Incarnation, string Name, bool SendsHeartbeats = false);

/// <summary>A worker of another process was heard of.</summary>
public sealed record Heartbeat(WorkerId Worker, Incarnation Incarnation);

/// <summary>Compute the partials of <paramref name="Microbatches"/> of <paramref name="Step"/> with <paramref name="Version"/> of the weights.</summary>
public readonly record struct Assignment(StepNumber Step, WeightsVersion Version, MicrobatchRange Microbatches);

/// <summary>An exception ended the worker's computation; <paramref name="Details"/> is its full text, for the coordinator's log.</summary>
public sealed record WorkerFailed(WorkerId Worker, Incarnation Incarnation, string Message, string Details);

/// <summary>The worker will compute no more; what it still holds goes to others.</summary>
public sealed record Leave(WorkerId Worker, Incarnation Incarnation, string Reason);

/// <summary>No more assignments will come: the run is over, or the worker computed wrongly and <paramref name="IsQuarantine"/> keeps it out.</summary>
public sealed record RunOver(string Reason, bool IsQuarantine = false);
