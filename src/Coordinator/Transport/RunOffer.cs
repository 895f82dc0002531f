using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Transport;

/// <summary>What a worker that joins is given: the run, its samples and its weights.</summary>
/// <param name="Run">What is trained.</param>
/// <param name="Samples">The training data.</param>
/// <param name="DataDigest">Its digest.</param>
/// <param name="Weights">The weights, which the coordinator changes between steps.</param>
public sealed record RunOffer(RunDescription Run, Dataset Samples, Digest DataDigest, WeightsBuffer Weights);
