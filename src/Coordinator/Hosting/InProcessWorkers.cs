using Akka.Actor;
using Distributed.Numerics.Kernels;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;
using Distributed.Worker;

namespace Distributed.Coordinator.Hosting;

/// <summary>
/// Workers that are actors of the coordinator's own process. They read the coordinator's weights and samples by reference.
/// With <see cref="ActorThreads"/>, the composition root: the only place that knows both the coordinator and the worker.
/// </summary>
internal static class InProcessWorkers
{
    internal static void Start(
        ActorSystem system,
        IActorRef coordinator,
        RunDescription run,
        Dataset samples,
        WeightsBuffer weights,
        InstructionSet instructionSet,
        ThreadPlan threads,
        int count)
    {
        var pool = new PartialPool(run.Layout.Count);
        for (int i = 1; i <= count; i++)
        {
            var identity = new WorkerIdentity(new WorkerId(i), new Incarnation(1), $"thread {i}");
            Props props = Props.Create(() => new WorkerActor(
                identity, new GradientComputation(run, samples, instructionSet), weights, pool, coordinator));
            string dispatcher = i == 1 && threads.CoordinatorSharesWorker ? ActorThreads.Coordinator : ActorThreads.Worker;
            system.ActorOf(props.WithDispatcher(dispatcher), identity.Id.ToString());
        }
    }
}
