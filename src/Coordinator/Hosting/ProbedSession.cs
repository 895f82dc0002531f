using Distributed.Coordinator.Commands;
using Distributed.Health;

namespace Distributed.Coordinator.Hosting;

/// <summary>Answers probes while another session trains, or waits to.</summary>
internal sealed class ProbedSession(ITrainingSession session, RunHealth health) : ITrainingSession
{
    /// <inheritdoc/>
    public async Task<TrainingOutcome> RunAsync(TrainOptions options, ITrainingObserver observer, CancellationToken stop)
    {
        if (options.Health is not { } address)
        {
            return await session.RunAsync(options, observer, stop).ConfigureAwait(false);
        }

        await using HealthServer server = await HealthServer.StartAsync(address, health.ProbeAsync).ConfigureAwait(false);
        observer.Event($"answers probes at {server.Address}", EventLevel.Information);
        return await session.RunAsync(options, observer, stop).ConfigureAwait(false);
    }
}
