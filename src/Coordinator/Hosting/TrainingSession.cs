using Distributed.Coordinator.Actors;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Training;
using Distributed.Coordinator.Transport;
using Distributed.Coordinator.Web;
using Distributed.Numerics.Ranges;
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
    /// <summary>Told how far the run is; null where nobody asks.</summary>
    internal RunHealth? Health { get; init; }

    /// <inheritdoc/>
    public Task<TrainingOutcome> RunAsync(TrainOptions options, ITrainingObserver observer, CancellationToken stop) =>
        RunAsync(options, observer, reachable: null, stop);

    /// <summary>Trains; <paramref name="reachable"/> is called once workers can reach the coordinator.</summary>
    internal async Task<TrainingOutcome> RunAsync(
        TrainOptions options, ITrainingObserver observer, Action<RunContact>? reachable, CancellationToken stop)
    {
        TransportSettings? transport = options.SingleProcess ? null : TransportSetup.Read(options);
        DashboardSettings? dashboard = DashboardSetup.Read(options, Environment.GetEnvironmentVariable);
        await using RunFolder folder = options.Resume is { } resumed ? RunFolder.Existing(resumed) : RunFolder.New(options.RunDirectory, options.Recipe!.Name);
        if (options is { IsSupervised: true, Resume: not null } && CompleteRun.Find(folder) is { } complete)
        {
            observer.Event($"the run in {folder.Path} is complete; nothing is left to train", EventLevel.Information);
            return complete;
        }

        LoadedData data = new DataLoader(mnist).Load(folder.SourceFor(options));
        PreparedRun run = await folder.PrepareAsync(options, data, data.Train.ComputeDigest(), observer, time, stop).ConfigureAwait(false);
        var crew = new RangeCrew(Math.Clamp(options.Workers, 1, cores));
        var facts = new RunFacts(version, arguments, options, cores, time);
        await using RunObservation observation = await RunObservation.StartAsync(folder, run, facts, dashboard, observer, stop).ConfigureAwait(false);
        using var recorder = new RunRecorder(folder, run, facts, observation.Watch);
        recorder.RunStarted(options.Workers);
        Action<RunContact>? withTerm = reachable is null ? null : contact => reachable(contact with { Term = folder.Store.Token.Number });
        RunResult result = await TrainAsync(run, options, crew, recorder, transport, observation, withTerm).ConfigureAwait(false);
        observation.Ended(result.End, result.Reason);
        return await new RunFinish(folder, run, recorder, observer, facts).CompleteAsync(result).ConfigureAwait(false);
    }

    private async Task<RunResult> TrainAsync(
        PreparedRun run,
        TrainOptions options,
        RangeCrew crew,
        RunRecorder recorder,
        TransportSettings? transport,
        RunObservation observation,
        Action<RunContact>? reachable)
    {
        var settings = new TrainingSettings
        {
            Start = run.Start,
            CheckpointEverySteps = options.CheckpointEverySteps ?? 0,
            AuditFraction = options.AuditFraction,
        };
        await using IRunWorkers workers = transport is null
            ? new InProcessWorkers(run, crew, options.Workers)
            : new WorkerProcesses(run, options, transport, recorder, time, reachable);
        var actors = new RunActors(run, settings, crew, recorder, time, recorder.Store, Health);
        return await actors.RunAsync(workers, observation.OnSaveCheckpoint, observation.Stop).ConfigureAwait(false);
    }
}
