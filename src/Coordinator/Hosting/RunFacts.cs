using Distributed.Coordinator.Commands;

namespace Distributed.Coordinator.Hosting;

/// <summary>What the records say of a run beside what it computes.</summary>
/// <param name="Version">The program's version.</param>
/// <param name="Arguments">The command line.</param>
/// <param name="Options">The same, understood.</param>
/// <param name="Cores">Cores this process may use.</param>
/// <param name="Time">The clock of the metrics.</param>
internal sealed record RunFacts(string Version, IReadOnlyList<string> Arguments, TrainOptions Options, int Cores, TimeProvider Time);
