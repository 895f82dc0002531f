using Akka.Actor;
using Distributed.Coordinator.Actors;
using Distributed.Health;

namespace Distributed.Coordinator.Hosting;

/// <summary>Knows how far the run is, and asks its actor whether it is there.</summary>
internal sealed class RunHealth(TimeProvider time)
{
    private volatile IActorRef? _coordinator;
    private volatile bool _isOver;

    /// <summary>From now on workers can reach <paramref name="coordinator"/>.</summary>
    internal void Opened(IActorRef coordinator) => _coordinator = coordinator;

    /// <summary>The last step is done.</summary>
    internal void Ended() => _isOver = true;

    /// <summary>How the coordinator is.</summary>
    internal async Task<HealthState> ProbeAsync()
    {
        IActorRef? coordinator = _coordinator;
        bool answers = coordinator is not null && !_isOver && await AnswersAsync(coordinator).ConfigureAwait(false);

        // The actor may have ended while it was asked.
        return CoordinatorHealth.Of(_isOver ? RunStage.Over : coordinator is null ? RunStage.Preparing : RunStage.Open, answers);
    }

    private async Task<bool> AnswersAsync(IActorRef coordinator)
    {
        void Post(TaskCompletionSource<object> answer) => coordinator.Tell(new Probe(answer), ActorRefs.NoSender);
        return await LivenessQuestion.AskAsync<object>(Post, time).ConfigureAwait(false) is not null;
    }
}
