using Akka.Actor;
using Akka.Configuration;
using Distributed.Coordinator.Actors;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Training;
using Distributed.Coordinator.Transport;
using Distributed.Coordinator.Web;
using Distributed.Numerics.Kernels;
using Distributed.Protocol;

namespace Distributed.Coordinator.Hosting;

/// <summary>
/// Trains one run from its options to its files: loads, prepares, starts the actors, waits, finishes. Makes the parts and connects them; decides nothing.
/// </summary>
/// <param name="mnist">Finds the data that comes with the program.</param>
/// <param name="time">The clock.</param>
/// <param name="cores">Cores this process may use.</param>
/// <param name="version">The program's version, for the run's files.</param>
/// <param name="arguments">The command line, for the run's files.</param>
public sealed class TrainingSession(MnistLocator mnist, TimeProvider time, int cores, string version, IReadOnlyList<string> arguments) : ITrainingSession
{
    /// <inheritdoc/>
    public async Task<TrainingOutcome> RunAsync(TrainOptions options, ITrainingObserver observer, CancellationToken stop)
    {
        TransportSettings? transport = options.SingleProcess ? null : TransportSetup.Read(options);
        DashboardSettings? dashboard = DashboardSetup.Read(options, Environment.GetEnvironmentVariable);
        RunFolder folder = options.Resume is { } resumed ? RunFolder.Existing(resumed) : RunFolder.New(options.RunDirectory, options.Recipe!.Name);
        PreparedRun run = folder.Prepare(options, new DataLoader(mnist), observer);
        ThreadPlan threads = ThreadPlan.For(options.Workers, cores);
        var facts = new RunFacts(version, arguments, options, cores, time);
        await using RunObservation observation = await RunObservation.StartAsync(folder, run, facts, dashboard, observer, stop).ConfigureAwait(false);
        using var recorder = new RunRecorder(folder, run, facts, observation.Watch);
        recorder.RunStarted(options.Workers);
        RunResult result = await TrainAsync(run, options, threads, recorder, transport, observation).ConfigureAwait(false);
        observation.Ended(result.End, result.Reason);
        return await new RunFinish(folder, run, recorder, observer, facts).CompleteAsync(result).ConfigureAwait(false);
    }

    private async Task<RunResult> TrainAsync(
        PreparedRun run, TrainOptions options, ThreadPlan threads, RunRecorder recorder, TransportSettings? transport, RunObservation observation)
    {
        var result = new TaskCompletionSource<RunResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        using ActorSystem system = ActorSystem.Create("training", ConfigurationFactory.ParseString(ActorThreads.Config));
        await using IRunWorkers workers = transport is null
            ? new InProcessWorkers(run, threads, options.Workers)
            : new WorkerProcesses(run, options, transport, recorder, time);
        IActorRef coordinator = StartCoordinator(system, run, options, threads, recorder, workers, result);
        observation.OnSaveCheckpoint(() => coordinator.Tell(new SaveCheckpoint(), ActorRefs.NoSender));

        // A stop that was asked for already comes before the first worker.
        await using (observation.Stop.Register(() => coordinator.Tell(new StopRun("asked to stop"), ActorRefs.NoSender)).ConfigureAwait(false))
        {
            await workers.StartAsync(system, coordinator).ConfigureAwait(false);
            RunResult ended = await result.Task.ConfigureAwait(false);
            await workers.DisposeAsync().ConfigureAwait(false);
            await system.Terminate().ConfigureAwait(false);
            return ended;
        }
    }

    private IActorRef StartCoordinator(
        ActorSystem system,
        PreparedRun run,
        TrainOptions options,
        ThreadPlan threads,
        RunRecorder recorder,
        IRunWorkers workers,
        TaskCompletionSource<RunResult> result)
    {
        var settings = new TrainingSettings
        {
            Start = run.Start,
            CheckpointEverySteps = options.CheckpointEverySteps ?? 0,
            UpdateThreads = threads.SerialThreads,
            AuditFraction = options.AuditFraction,
        };
        var evaluation = new RunEvaluation(run, new Evaluator(run.Description, InstructionSets.Best, threads.SerialThreads));
        var arbiter = new Arbiter(run, InstructionSets.Best);
        Func<ITrainingEffects, TrainingRun> createRun = effects => new TrainingRun(
            run.Description,
            run.Weights,
            run.Optimizer,
            (accumulator, addend) => VectorOperations.Accumulate(InstructionSets.Best, accumulator, addend, threads.SerialThreads),
            effects,
            settings,
            earlyStopping: run.EarlyStopping);
        Props props = Props.Create(() => new CoordinatorActor(
            createRun, evaluation.Evaluate, arbiter.Compute, recorder, time, result, workers.Publish, workers.OthersMayJoin));
        return system.ActorOf(props.WithDispatcher(ActorThreads.Coordinator), "coordinator");
    }
}
