using Akka.Actor;
using Distributed.Protocol;

namespace Distributed.Coordinator.Hosting;

/// <summary>The workers of a run, wherever they are. Disposing it ends those that this program started; disposing it twice does nothing.</summary>
internal interface IRunWorkers : IAsyncDisposable
{
    /// <summary>False when a run without workers has no hope.</summary>
    bool OthersMayJoin { get; }

    /// <summary>The weights are now <paramref name="version"/>. Called by the coordinator between steps, also before <see cref="StartAsync"/>.</summary>
    void Publish(WeightsVersion version);

    /// <summary>Starts them; they join by telling <paramref name="coordinator"/>.</summary>
    Task StartAsync(ActorSystem system, IActorRef coordinator);
}
