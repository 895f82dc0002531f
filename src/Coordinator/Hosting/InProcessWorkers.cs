using Akka.Actor;
using Distributed.Numerics.Kernels;
using Distributed.Protocol;
using Distributed.Worker;

namespace Distributed.Coordinator.Hosting;

/// <summary>Workers that are actors of the coordinator's own process. They read the coordinator's weights and samples by reference.</summary>
internal sealed class InProcessWorkers(PreparedRun run, ThreadPlan threads, int count) : IRunWorkers
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
        var pool = new PartialPool(run.Description.Layout.Count);
        for (int i = 1; i <= count; i++)
        {
            var identity = new WorkerIdentity(new WorkerId(i), new Incarnation(1), $"thread {i}");
            Props props = Props.Create(() => new WorkerActor(
                identity, new GradientComputation(run.Description, run.Data.Train, InstructionSets.Best), run.Weights, pool, coordinator));
            string dispatcher = i == 1 && threads.CoordinatorSharesWorker ? ActorThreads.Coordinator : ActorThreads.Worker;
            system.ActorOf(props.WithDispatcher(dispatcher), identity.Id.ToString());
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
