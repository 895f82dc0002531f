using Akka.Actor;

namespace Distributed.Compat.Tests.Actors;

public sealed class TimerTests : ActorTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Later = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_single_timer_fires_once_and_is_inactive_then()
    {
        var (actor, probe) = NewTimed();
        actor.Tell(new Do(timers => timers.StartSingleTimer("key", "tick", Soon)));
        await probe.Expect("tick");
        Assert.False(await actor.Ask<bool>(new Get(timers => timers.IsTimerActive("key")), Patience));
    }

    [Fact]
    public async Task A_periodic_timer_fires_until_it_is_cancelled()
    {
        var (actor, probe) = NewTimed();
        actor.Tell(new Do(timers => timers.StartPeriodicTimer("key", "tick", TimeSpan.Zero, Soon)));
        for (var i = 0; i < 5; i++) await probe.Expect("tick");
        Assert.True(await actor.Ask<bool>(new Get(timers => timers.IsTimerActive("key")), Patience));
        actor.Tell(new Do(timers =>
        {
            timers.Cancel("key");
            Assert.False(timers.IsTimerActive("key"));
        }));
        actor.Tell("marker");
        while (await probe.Next<string>() is "tick")
        {
        }
    }

    [Fact]
    public async Task A_cancelled_timer_does_not_fire_even_if_its_message_is_in_the_mailbox()
    {
        var (actor, probe) = NewTimed();
        actor.Tell(new Do(timers =>
        {
            timers.StartSingleTimer("key", "stale", Soon);
            WaitForTimersOf(System);
            timers.Cancel("key");
        }));
        actor.Tell(new Do(timers => timers.StartSingleTimer("other", "fresh", Soon)));
        await probe.Expect("fresh");
    }

    [Fact]
    public async Task A_timer_replaces_the_one_of_the_same_key()
    {
        var (actor, probe) = NewTimed();
        actor.Tell(new Do(timers =>
        {
            timers.StartSingleTimer("key", "stale", Soon);
            WaitForTimersOf(System);
            timers.StartSingleTimer("key", "fresh", Soon);
        }));
        await probe.Expect("fresh");
    }

    [Fact]
    public async Task A_restart_cancels_all_timers()
    {
        var (actor, probe) = NewTimed();
        actor.Tell(new Do(timers =>
        {
            timers.StartPeriodicTimer("periodic", "stale", Soon);
            timers.StartSingleTimer("single", "stale", Soon);
            WaitForTimersOf(System);
            throw new InvalidOperationException("told to");
        }));
        Assert.Empty(await actor.Ask<object[]>(new Get(timers => timers.ActiveTimers.ToArray()), Patience));
        actor.Tell(new Do(timers => timers.StartSingleTimer("periodic", "fresh", Soon)));
        await probe.Expect("fresh");
    }

    [Fact]
    public async Task CancelAll_cancels_all()
    {
        var (actor, _) = NewTimed();
        actor.Tell(new Do(timers =>
        {
            timers.StartSingleTimer(1, "stale", Later);
            timers.StartPeriodicTimer(2, "stale", Later);
        }));
        Assert.Equal(2, await actor.Ask<int>(new Get(timers => timers.ActiveTimers.Count), Patience));
        actor.Tell(new Do(timers => timers.CancelAll()));
        Assert.Equal(0, await actor.Ask<int>(new Get(timers => timers.ActiveTimers.Count), Patience));
    }

    [Fact]
    public async Task A_timer_can_stop_its_actor()
    {
        var (actor, probe) = NewTimed();
        probe.Watch(actor);
        actor.Tell(new Do(timers => timers.StartSingleTimer("end", PoisonPill.Instance, Soon)));
        await probe.Next<Terminated>();
    }

    /// <summary>Blocks until a message scheduled now, with a longer delay, has been sent.</summary>
    private static void WaitForTimersOf(ActorSystem system)
    {
        var probe = new Probe(system);
        system.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(100), probe.Ref, "later", ActorRefs.NoSender);
        Task.Run(() => probe.Expect("later")).GetAwaiter().GetResult();
    }

    private (IActorRef Actor, Probe Probe) NewTimed()
    {
        var probe = NewProbe();
        return (System.ActorOf(Props.Create(() => new Timed(probe.Ref))), probe);
    }

    private sealed record Do(Action<ITimerScheduler> Action);

    private sealed record Get(Func<ITimerScheduler, object> Function);

    private sealed class Timed : ReceiveActor, IWithTimers
    {
        public Timed(IActorRef probe)
        {
            Assert.NotNull(Timers);
            Receive<Do>(command => command.Action(Timers));
            Receive<Get>(query => Sender.Tell(query.Function(Timers)));
            ReceiveAny(message => probe.Tell(message));
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }
}
