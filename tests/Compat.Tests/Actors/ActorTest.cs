using Akka.Actor;
using Akka.Configuration;

namespace Distributed.Compat.Tests.Actors;

/// <summary>A silent actor system for one test, ended with it.</summary>
public abstract class ActorTest : IAsyncLifetime
{
    /// <summary>How long a test waits for what must happen; never how long it waits for what must not.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string Settings = """
        akka {
          loggers = []
          loglevel = DEBUG
          stdout-loglevel = OFF
          log-dead-letters = off
        }
        own-thread { type = PinnedDispatcher }
        one-thread {
          type = ForkJoinDispatcher
          throughput = 5
          dedicated-thread-pool { thread-count = 1 }
        }
        """;

    protected ActorSystem System { get; } = ActorSystem.Create("conformance", ConfigurationFactory.ParseString(Settings));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await System.Terminate().WaitAsync(Patience);
    }

    /// <summary>An actor whose messages the test takes one by one.</summary>
    protected Probe NewProbe() => new(System);
}
