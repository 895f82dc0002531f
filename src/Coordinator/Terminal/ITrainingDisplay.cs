using Distributed.Coordinator.Commands;

namespace Distributed.Coordinator.Terminal;

/// <summary>
/// Shows a training run. Disposing it leaves the terminal as it was. Safe from several threads: a signal may speak between two steps.
/// </summary>
public interface ITrainingDisplay : ITrainingObserver, IAsyncDisposable;
