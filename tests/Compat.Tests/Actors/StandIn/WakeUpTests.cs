using Akka.Actor;
using Akka.Configuration;

namespace Distributed.Compat.Tests.Actors.StandIn;

/// <summary>No wake-up is lost, whether a thread spins, is about to park or is parked when work comes.</summary>
public sealed class WakeUpTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("0us", 1)]
    [InlineData("1us", 1)]
    [InlineData("20us", 1)]
    [InlineData("1ms", 1)]
    [InlineData("0us", 2)]
    [InlineData("5us", 3)]
    public async Task A_ball_keeps_going_round(string spinDuration, int threads)
    {
        using var system = ActorSystem.Create("wake-up", ConfigurationFactory.ParseString($$"""
            akka.loggers = []
            own-thread { type = PinnedDispatcher, spin-duration = {{spinDuration}} }
            few-threads {
              type = ForkJoinDispatcher
              spin-duration = {{spinDuration}}
              dedicated-thread-pool { thread-count = {{threads}} }
            }
            """));
        var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ring = new Ring(5_000, done);
        foreach (var dispatcher in new[] { "own-thread", "few-threads", "few-threads", "own-thread", "akka.actor.default-dispatcher" })
            ring.Players.Add(system.ActorOf(Props.Create(() => new Player(ring)).WithDispatcher(dispatcher)));
        ring.Players[0].Tell(0);
        Assert.Equal(5_000, await done.Task.WaitAsync(Patience));
    }

    private sealed record Ring(int Passes, TaskCompletionSource<int> Done)
    {
        public List<IActorRef> Players { get; } = [];
    }

    private sealed class Player : ReceiveActor
    {
        public Player(Ring ring) => Receive<int>(passes =>
        {
            Thread.SpinWait(passes % 64 * 20);
            if (passes == ring.Passes) ring.Done.SetResult(passes);
            else ring.Players[(passes + 1) % ring.Players.Count].Tell(passes + 1);
        });
    }
}
