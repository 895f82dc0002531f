using Akka.Actor;

namespace Distributed.Compat.Tests.Actors;

public sealed class SystemTests : ActorTest
{
    [Fact]
    public async Task Terminate_stops_all_actors_before_it_completes()
    {
        var stopped = 0;
        var props = Props.Create(() => new Counting(() => Interlocked.Increment(ref stopped)));
        for (var i = 0; i < 10; i++) System.ActorOf(props.WithDispatcher(i % 2 == 0 ? "own-thread" : "one-thread"));
        Assert.False(System.WhenTerminated.IsCompleted);
        await System.Terminate().WaitAsync(Patience);
        await System.WhenTerminated.WaitAsync(Patience);
        Assert.Equal(10, stopped);
    }

    [Fact]
    public async Task Nothing_can_be_created_after_Terminate()
    {
        await System.Terminate().WaitAsync(Patience);
        Assert.Throws<InvalidOperationException>(() => System.ActorOf(Props.Create(() => new TellTests.Echo())));
    }

    [Fact]
    public async Task Terminate_can_be_called_again()
    {
        await System.Terminate().WaitAsync(Patience);
        await System.Terminate().WaitAsync(Patience);
    }

    [Fact]
    public async Task An_actor_can_terminate_the_system()
    {
        var actor = System.ActorOf(Props.Create(() => new Ender()));
        actor.Tell("end");
        await System.WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_periodic_timer_does_not_keep_the_system_alive()
    {
        var often = TimeSpan.FromMilliseconds(1);
        System.Scheduler.ScheduleTellRepeatedly(TimeSpan.Zero, often, System.DeadLetters, "tick", ActorRefs.NoSender);
        await System.Terminate().WaitAsync(Patience);
    }

    [Fact]
    public async Task RegisterOnTermination_runs_at_the_end()
    {
        var ended = new TaskCompletionSource();
        System.RegisterOnTermination(ended.SetResult);
        await System.Terminate().WaitAsync(Patience);
        await ended.Task.WaitAsync(Patience);
    }

    private sealed class Counting : ReceiveActor
    {
        private readonly Action stopped;

        public Counting(Action stopped) => this.stopped = stopped;

        protected override void PostStop() => stopped();
    }

    private sealed class Ender : ReceiveActor
    {
        public Ender() => ReceiveAny(_ => Context.System.Terminate());
    }
}
