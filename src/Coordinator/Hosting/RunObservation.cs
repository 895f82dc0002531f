using System.Net;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Training;
using Distributed.Coordinator.Web;

namespace Distributed.Coordinator.Hosting;

/// <summary>Whoever follows a run from outside: its dashboard, where one was asked for, and what reads its meters.</summary>
internal sealed class RunObservation : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenRegistration _stopping;
    private readonly RunMeters _meters;
    private readonly MetricsExport? _export;
    private DashboardHost? _dashboard;
    private Action _saveCheckpoint = () => { };

    private RunObservation(RunWatch watch, ExportIdentity identity, CancellationToken stop)
    {
        Watch = watch;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _stopping = _stop.Token.Register(watch.Stopping);
        _meters = new RunMeters(watch, identity.Version);
        _export = MetricsExport.IsWanted(Environment.GetEnvironmentVariable)
            ? MetricsExport.Start(identity, text => watch.Event(text, EventLevel.Warning))
            : null;
    }

    /// <summary>Is to be told what the run's observer is told.</summary>
    internal RunWatch Watch { get; }

    /// <summary>Cancelled when the run is to stop, from wherever that was asked.</summary>
    internal CancellationToken Stop => _stop.Token;

    /// <summary>Begins to follow a run that is about to start.</summary>
    /// <exception cref="Protocol.InputException">The dashboard's address cannot be used.</exception>
    internal static async Task<RunObservation> StartAsync(
        RunFolder folder, PreparedRun run, RunFacts facts, DashboardSettings? dashboard, ITrainingObserver observer, CancellationToken stop)
    {
        var watch = new RunWatch(
            observer, run.Description.Recipe, run.Description.Schedule, run.Description.TrainingSamples.Length, folder.Earlier, facts.Time);
        var identity = new ExportIdentity(
            facts.Version, Environment.MachineName, Path.GetFullPath(folder.Path), run.Description.Recipe.Name);
        var observation = new RunObservation(watch, identity, stop);
        if (dashboard is null)
        {
            return observation;
        }

        try
        {
            var controls = new RunControls(() => observation._saveCheckpoint(), observation._stop.Cancel);
            observation._dashboard = await DashboardHost.StartAsync(dashboard, watch, controls, facts.Time).ConfigureAwait(false);
        }
        catch
        {
            await observation.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        watch.Event($"dashboard: {observation._dashboard.Address}{Reach(dashboard)}", EventLevel.Information);
        return observation;
    }

    private static string Reach(DashboardSettings dashboard) =>
        dashboard.Address.Address.Equals(IPAddress.Any) || dashboard.Address.Address.Equals(IPAddress.IPv6Any)
            ? " (at every address of this machine)"
            : "";

    /// <summary>From now on the dashboard's button calls <paramref name="saveCheckpoint"/>.</summary>
    internal void OnSaveCheckpoint(Action saveCheckpoint) => _saveCheckpoint = saveCheckpoint;

    /// <summary>Says how the run ended.</summary>
    internal void Ended(RunEnd end, string reason) => Watch.Over(end switch
    {
        RunEnd.Completed => "done",
        RunEnd.Stopped => "stopped",
        _ => $"failed: {reason}",
    });

    public async ValueTask DisposeAsync()
    {
        if (_dashboard is not null)
        {
            await _dashboard.DisposeAsync().ConfigureAwait(false);
        }

        _export?.Dispose();
        _meters.Dispose();
        await _stopping.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }
}
