using Distributed.Numerics.Reduction;

namespace Distributed.Protocol;

// Messages between the coordinator and a worker. Tensors do not travel in them: weights by WeightsBuffer, gradients by Partial.
//
// | message        | from        | to          | meaning                                                            |
// |----------------|-------------|-------------|--------------------------------------------------------------------|
// | Join           | worker      | coordinator | a worker is there and can compute                                  |
// | Assignment     | coordinator | worker      | compute these microbatches of this step with this weights version  |
// | Partial        | worker      | coordinator | the sum of one node of the step's reduction tree                   |
// | WorkerFailed   | worker      | coordinator | an exception ended the worker's computation                        |
// | Leave          | worker      | coordinator | the worker will compute no more                                    |
// | RunOver        | coordinator | worker      | no more assignments will come                                      |

/// <summary>A worker is there and can compute.</summary>
public sealed record Join(WorkerId Worker, Incarnation Incarnation, string Name);

/// <summary>Compute the partials of <paramref name="Microbatches"/> of <paramref name="Step"/> with <paramref name="Version"/> of the weights.</summary>
public sealed record Assignment(StepNumber Step, WeightsVersion Version, MicrobatchRange Microbatches);

/// <summary>An exception ended the worker's computation; <paramref name="Details"/> is its full text, for the coordinator's log.</summary>
public sealed record WorkerFailed(WorkerId Worker, Incarnation Incarnation, string Message, string Details);

/// <summary>The worker will compute no more; what it still holds goes to others.</summary>
public sealed record Leave(WorkerId Worker, Incarnation Incarnation, string Reason);

/// <summary>No more assignments will come.</summary>
public sealed record RunOver(string Reason);
