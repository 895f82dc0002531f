namespace Distributed.Coordinator.Commands;

/// <summary>Trains a recipe to its end, or until it is asked to stop.</summary>
public interface ITrainingSession
{
    /// <param name="options">What the command line said.</param>
    /// <param name="observer">Told what a person wants to see; called from one thread at a time.</param>
    /// <param name="stop">Cancelled on the first Ctrl-C: finish the step, save a checkpoint, return.</param>
    /// <exception cref="Distributed.Protocol.InputException">The data or the run to resume is wrong.</exception>
    Task<TrainingOutcome> RunAsync(TrainOptions options, ITrainingObserver observer, CancellationToken stop);
}
