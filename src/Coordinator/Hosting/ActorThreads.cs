namespace Distributed.Coordinator.Hosting;

/// <summary>The dispatchers of the coordinator's actor system: compute never runs on the shared thread pool.</summary>
internal static class ActorThreads
{
    /// <summary>One thread for the coordinator and whoever shares it.</summary>
    internal const string Coordinator = "coordinator-thread";

    /// <summary>A thread for each worker of this process.</summary>
    internal const string Worker = "worker-thread";

    /// <summary>The actor system's configuration. Standard output carries results alone, so the library does not log there.</summary>
    internal const string Config = """
        akka {
          loggers = []
          stdout-loglevel = OFF
        }
        coordinator-thread {
          type = ForkJoinDispatcher
          throughput = 100
          dedicated-thread-pool {
            thread-count = 1
            threadtype = background
          }
        }
        worker-thread {
          type = PinnedDispatcher
          throughput = 1
        }
        """;
}
