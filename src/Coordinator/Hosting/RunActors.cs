using Akka.Actor;
using Akka.Configuration;
using Distributed.Coordinator.Actors;
using Distributed.Coordinator.Fencing;
using Distributed.Coordinator.Training;
using Distributed.Numerics.Kernels;
using Distributed.Numerics.Ranges;

namespace Distributed.Coordinator.Hosting;

/// <summary>The actors of one run, from its first step in this process to its end: an actor system of its own, which ends with it.</summary>
/// <param name="run">Ready for its next step.</param>
/// <param name="settings">What does not influence the result.</param>
/// <param name="crew">Who adds gradients and updates weights while the workers wait.</param>
/// <param name="recorder">Keeps metrics and checkpoints.</param>
/// <param name="time">The clock of the metrics.</param>
/// <param name="store">The run's folder: the run fails when another coordinator takes it. Null for a run without one.</param>
/// <param name="health">Told how far the run is; null where nobody asks.</param>
internal sealed class RunActors(
    PreparedRun run,
    TrainingSettings settings,
    RangeCrew crew,
    IRunRecorder recorder,
    TimeProvider time,
    FencedRunStore? store = null,
    RunHealth? health = null)
{
    /// <summary>Trains to the end, or until <paramref name="stop"/> asks for a checkpoint and an end.</summary>
    /// <param name="workers">They are ended with the run.</param>
    /// <param name="onSaveCheckpoint">Given what asks the run for a checkpoint; from any thread.</param>
    /// <param name="stop">Cancelled when the run is to stop after the open step.</param>
    internal async Task<RunResult> RunAsync(IRunWorkers workers, Action<Action> onSaveCheckpoint, CancellationToken stop)
    {
        var result = new TaskCompletionSource<RunResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        using ActorSystem system = ActorSystem.Create("training", ConfigurationFactory.ParseString(ActorThreads.Config));
        IActorRef coordinator = StartCoordinator(system, workers, result);
        onSaveCheckpoint(() => coordinator.Tell(new SaveCheckpoint(), ActorRefs.NoSender));

        using CancellationTokenRegistration? losing = store?.Lost.Register(
            () => coordinator.Tell(new FailRun(store.SupersededBy!), ActorRefs.NoSender));

        // A stop that was asked for already comes before the first worker.
        await using (stop.Register(() => coordinator.Tell(new StopRun("asked to stop"), ActorRefs.NoSender)).ConfigureAwait(false))
        {
            await workers.StartAsync(system, coordinator).ConfigureAwait(false);
            health?.Opened(coordinator);
            RunResult ended = await result.Task.ConfigureAwait(false);
            health?.Ended();
            await workers.DisposeAsync().ConfigureAwait(false);
            await system.Terminate().ConfigureAwait(false);
            return ended;
        }
    }

    private IActorRef StartCoordinator(ActorSystem system, IRunWorkers workers, TaskCompletionSource<RunResult> result)
    {
        var evaluation = new RunEvaluation(run, new Evaluator(run.Description, InstructionSets.Best, crew.Members));
        var arbiter = new Arbiter(run, InstructionSets.Best);
        Func<ITrainingEffects, TrainingRun> createRun = effects => new TrainingRun(
            run.Description,
            run.Weights,
            run.Optimizer,
            (left, right, sum) => VectorOperations.Sum(InstructionSets.Best, left, right, sum),
            effects,
            settings,
            earlyStopping: run.EarlyStopping,
            crew: crew);
        Props props = Props.Create(() => new CoordinatorActor(
            createRun, evaluation.Evaluate, arbiter.Compute, recorder, time, result, workers.Publish, workers.OthersMayJoin));
        return system.ActorOf(props.WithDispatcher(ActorThreads.Coordinator), "coordinator");
    }
}
