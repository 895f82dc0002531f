using Distributed.Protocol;

namespace Distributed.Worker;

/// <summary>Who a worker is in a run, in which life, and what people call it.</summary>
public sealed record WorkerIdentity(WorkerId Id, Incarnation Incarnation, string Name);
