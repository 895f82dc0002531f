using Akka.Actor;
using Akka.Configuration;

namespace Distributed.Compat.Tests.Actors;

public sealed class DispatcherTests : ActorTest
{
    [Fact]
    public async Task Pinned_actors_have_a_thread_each_and_keep_it()
    {
        var one = NewThreadTeller("own-thread");
        var two = NewThreadTeller("own-thread");
        var threads = new HashSet<(IActorRef, int)>();
        for (var i = 0; i < 20; i++)
        {
            foreach (var actor in new[] { one, two })
            {
                var thread = await actor.Ask<Thread>("which thread?", Patience);
                Assert.False(thread.IsThreadPoolThread);
                threads.Add((actor, thread.ManagedThreadId));
            }
        }

        Assert.Equal(2, threads.Count);
        Assert.Equal(2, threads.Select(used => used.Item2).Distinct().Count());
    }

    [Fact]
    public async Task Actors_of_a_dispatcher_with_one_thread_share_it()
    {
        var one = NewThreadTeller("one-thread");
        var two = NewThreadTeller("one-thread");
        var threads = new HashSet<int>();
        for (var i = 0; i < 20; i++)
        {
            threads.Add((await one.Ask<Thread>("which thread?", Patience)).ManagedThreadId);
            threads.Add((await two.Ask<Thread>("which thread?", Patience)).ManagedThreadId);
        }

        Assert.Single(threads);
    }

    [Fact]
    public async Task By_default_actors_run_on_the_thread_pool()
    {
        var actor = NewThreadTeller("akka.actor.default-dispatcher");
        Assert.True((await actor.Ask<Thread>("which thread?", Patience)).IsThreadPoolThread);
    }

    [Fact]
    public async Task The_constructor_runs_on_the_actors_own_thread()
    {
        var actor = System.ActorOf(Props.Create(() => new ThreadTeller()).WithDispatcher("own-thread"));
        var handling = await actor.Ask<Thread>("which thread?", Patience);
        var constructing = await actor.Ask<Thread>("which thread constructed you?", Patience);
        Assert.Equal(handling.ManagedThreadId, constructing.ManagedThreadId);
    }

    [Fact]
    public void An_unknown_dispatcher_is_refused() =>
        Assert.Throws<ConfigurationException>(() => System.ActorOf(Props.Create(() => new ThreadTeller()).WithDispatcher("nowhere")));

    [Fact]
    public async Task A_restarted_pinned_actor_goes_on()
    {
        var actor = NewThreadTeller("own-thread");
        actor.Tell(new InvalidOperationException("told to"));
        Assert.False((await actor.Ask<Thread>("which thread?", Patience)).IsThreadPoolThread);
    }

    [Fact]
    public async Task Two_actors_on_one_thread_both_get_their_turn()
    {
        var chatty = System.ActorOf(Props.Create(() => new Chatty()).WithDispatcher("one-thread"));
        var other = NewThreadTeller("one-thread");
        chatty.Tell("begin");
        Assert.False((await other.Ask<Thread>("which thread?", Patience)).IsThreadPoolThread);
        Assert.True(await chatty.GracefulStop(Patience));
    }

    private IActorRef NewThreadTeller(string dispatcher) =>
        System.ActorOf(Props.Create(() => new ThreadTeller()).WithDispatcher(dispatcher));

    private sealed class ThreadTeller : ReceiveActor
    {
        public ThreadTeller()
        {
            var constructing = Thread.CurrentThread;
            Receive<string>(text => Sender.Tell(text.Contains("constructed") ? constructing : Thread.CurrentThread));
            Receive<Exception>(e => throw e);
        }
    }

    /// <summary>Always has a message in its mailbox.</summary>
    private sealed class Chatty : ReceiveActor
    {
        public Chatty() => ReceiveAny(message => Self.Tell(message));
    }
}
