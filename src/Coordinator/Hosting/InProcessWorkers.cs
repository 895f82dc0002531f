using Akka.Actor;
using Distributed.Numerics.Kernels;
using Distributed.Numerics.Ranges;
using Distributed.Protocol;
using Distributed.Worker;

namespace Distributed.Coordinator.Hosting;

/// <summary>
/// Workers that are actors of the coordinator's own process. They read the coordinator's weights and samples by reference. The coordinator's mailbox runs
/// on the first one's thread: it has work only when that worker is done, and then finds the gradient in that core's cache.
/// </summary>
internal sealed class InProcessWorkers(PreparedRun run, RangeCrew crew, int count) : IRunWorkers
{
    /// <inheritdoc/>
    public bool OthersMayJoin => false;

    /// <inheritdoc/>
    public void Publish(WeightsVersion version)
    {
        // They read the weights buffer itself.
    }

    /// <inheritdoc/>
    public Task StartAsync(ActorSystem system, IActorRef coordinator)
    {
        // With more workers than cores, one that waits had better give its core away than lend a hand.
        bool canHelp = count <= crew.Members;
        for (int i = 1; i <= count; i++)
        {
            var identity = new WorkerIdentity(new WorkerId(i), new Incarnation(1), $"thread {i}");
            // Its own partials, so that it writes where it wrote the step before: another core's cache would have to give the memory away first.
            var pool = new PartialPool(run.Description.Layout.Count);
            CrewMember? member = i > 1 && canHelp ? new CrewMember(crew, i - 1) : null;
            Props props = Props.Create(() => new WorkerActor(
                identity, new GradientComputation(run.Description, run.Data.Train, InstructionSets.Best), run.Weights, pool, coordinator, member));
            system.ActorOf(props.WithDispatcher(i == 1 ? ActorThreads.Coordinator : ActorThreads.Worker), identity.Id.ToString());
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
