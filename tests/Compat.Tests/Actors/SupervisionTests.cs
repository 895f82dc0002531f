using Akka.Actor;

namespace Distributed.Compat.Tests.Actors;

public sealed class SupervisionTests : ActorTest
{
    [Theory]
    [InlineData("akka.actor.default-dispatcher")]
    [InlineData("own-thread")]
    public async Task A_restart_drops_the_failing_message_and_keeps_the_others(string dispatcher)
    {
        var probe = NewProbe();
        var actor = System.ActorOf(Props.Create(() => new Worker(probe.Ref)).WithDispatcher(dispatcher));
        using var gate = new ManualResetEventSlim();
        actor.Tell(gate);
        actor.Tell("before");
        actor.Tell(new InvalidDataException("bad"));
        actor.Tell("after");
        gate.Set();
        await Expect(
            probe, "started", "before", "preRestart bad InvalidDataException", "stopped", "postRestart bad", "started", "after");
    }

    [Fact]
    public async Task By_default_children_are_stopped_by_a_restart()
    {
        var probe = NewProbe();
        var parent = NewSupervisor(probe, new OneForOneStrategy(_ => Directive.Restart));
        var child = await parent.Ask<IActorRef>("child", Patience);
        await probe.Expect("started");
        probe.Watch(child);
        parent.Tell(new InvalidDataException("bad"));
        await probe.Expect("stopped");
        await probe.Next<Terminated>();
        Assert.NotEqual(child, await parent.Ask<IActorRef>("child", Patience));
    }

    [Fact]
    public async Task A_failing_constructor_stops_the_actor()
    {
        var probe = NewProbe();
        var actor = System.ActorOf(Props.Create(() => new Stillborn()));
        probe.Watch(actor);
        await probe.Next<Terminated>();
    }

    [Fact]
    public async Task A_failing_constructor_reaches_the_supervisor_as_initialization_exception()
    {
        var probe = NewProbe();
        var seen = new TaskCompletionSource<Exception>();
        var parent = NewSupervisor(probe, new OneForOneStrategy(e =>
        {
            seen.TrySetResult(e);
            return Directive.Stop;
        }));
        parent.Tell(Props.Create(() => new Stillborn()));
        var exception = Assert.IsType<ActorInitializationException>(await seen.Task.WaitAsync(Patience));
        Assert.Equal("stillborn", exception.GetBaseException().Message);
    }

    [Fact]
    public async Task Kill_stops_by_default()
    {
        var probe = NewProbe();
        var actor = System.ActorOf(Props.Create(() => new Worker(probe.Ref)));
        probe.Watch(actor);
        actor.Tell(Kill.Instance);
        await Expect(probe, "started", "stopped");
        await probe.Next<Terminated>();
    }

    [Fact]
    public async Task Resume_keeps_the_instance_and_goes_on_with_the_next_message()
    {
        var probe = NewProbe();
        var child = await NewChild(probe, new OneForOneStrategy(_ => Directive.Resume));
        child.Tell(new InvalidDataException("bad"));
        child.Tell("after");
        await Expect(probe, "started", "after");
    }

    [Fact]
    public async Task Stop_stops()
    {
        var probe = NewProbe();
        var child = await NewChild(probe, SupervisorStrategy.StoppingStrategy);
        await probe.Expect("started");
        probe.Watch(child);
        child.Tell(new InvalidDataException("bad"));
        await probe.Expect("stopped");
        await probe.Next<Terminated>();
    }

    [Fact]
    public async Task Escalate_fails_the_supervisor_with_the_childs_exception()
    {
        var probe = NewProbe();
        var seen = new TaskCompletionSource<Exception>();
        var escalate = new OneForOneStrategy(_ => Directive.Escalate);
        var top = NewSupervisor(probe, new OneForOneStrategy(e =>
        {
            seen.TrySetResult(e);
            return Directive.Restart;
        }));
        var middle = await top.Ask<IActorRef>(Props.Create(() => new Supervisor(probe.Ref, escalate)), Patience);
        var child = await middle.Ask<IActorRef>("child", Patience);
        await probe.Expect("started");
        child.Tell(new InvalidDataException("bad"));
        Assert.Equal("bad", (await seen.Task.WaitAsync(Patience)).Message);
        await probe.Expect("stopped");
        Assert.NotEqual(child, await middle.Ask<IActorRef>("child", Patience));
    }

    [Fact]
    public async Task After_too_many_restarts_the_child_is_stopped()
    {
        var probe = NewProbe();
        var child = await NewChild(probe, new OneForOneStrategy(2, TimeSpan.FromHours(1), _ => Directive.Restart));
        probe.Watch(child);
        for (var i = 0; i < 3; i++) child.Tell(new InvalidDataException("bad"));
        await Expect(probe, "started");
        for (var i = 0; i < 2; i++) await Expect(probe, "preRestart bad InvalidDataException", "stopped", "postRestart bad", "started");
        await probe.Expect("stopped");
        await probe.Next<Terminated>();
    }

    [Fact]
    public async Task AllForOne_restarts_the_siblings_too()
    {
        var probe = NewProbe();
        var parent = NewSupervisor(probe, new AllForOneStrategy(_ => Directive.Restart));
        var other = NewProbe();
        var sibling = await parent.Ask<IActorRef>(Props.Create(() => new Worker(other.Ref)), Patience);
        var child = await parent.Ask<IActorRef>("child", Patience);
        await other.Expect("started");
        child.Tell(new InvalidDataException("bad"));
        await Expect(other, "preRestart bad ", "stopped", "postRestart bad", "started");
        sibling.Tell("alive");
        await other.Expect("alive");
    }

    [Fact]
    public async Task The_decider_chooses_by_exception()
    {
        var probe = NewProbe();
        var strategy = new OneForOneStrategy(e => e switch
        {
            InvalidDataException => Directive.Resume,
            InvalidOperationException => Directive.Restart,
            _ => Directive.Stop,
        });
        var child = await NewChild(probe, strategy);
        probe.Watch(child);
        child.Tell(new InvalidDataException("bad"));
        child.Tell("resumed");
        child.Tell(new InvalidOperationException("worse"));
        child.Tell("restarted");
        child.Tell(new NotSupportedException("worst"));
        await Expect(probe, "started", "resumed", "preRestart worse InvalidOperationException", "stopped", "postRestart worse", "started");
        await Expect(probe, "restarted", "stopped");
        await probe.Next<Terminated>();
    }

    [Fact]
    public async Task Constructor_arguments_are_evaluated_once_and_shared_by_all_instances()
    {
        var made = 0;
        var actor = System.ActorOf(Props.Create(() => new Holder(new Made(Interlocked.Increment(ref made)))));
        var first = await actor.Ask<Made>("held", Patience);
        actor.Tell(new InvalidDataException("bad"));
        Assert.Same(first, await actor.Ask<Made>("held", Patience));
        Assert.Equal(1, made);
    }

    [Fact]
    public async Task A_strategy_in_the_props_goes_before_the_actors_own()
    {
        var probe = NewProbe();
        var props = Props.Create(() => new Supervisor(probe.Ref, SupervisorStrategy.StoppingStrategy));
        var parent = System.ActorOf(props.WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Resume)));
        var child = await parent.Ask<IActorRef>("child", Patience);
        child.Tell(new InvalidDataException("bad"));
        child.Tell("resumed");
        await Expect(probe, "started", "resumed");
    }

    [Fact]
    public async Task The_reference_survives_a_restart()
    {
        var actor = System.ActorOf(Props.Create<Holder>(new Made(5)), "holder");
        var before = await actor.Ask<IActorRef>("self", Patience);
        actor.Tell(new InvalidDataException("bad"));
        Assert.Equal(before, await actor.Ask<IActorRef>("self", Patience));
    }

    [Fact]
    public async Task While_the_supervisor_decides_no_message_is_handled()
    {
        var probe = NewProbe();
        using var gate = new ManualResetEventSlim();
        var child = await NewChild(probe, new OneForOneStrategy(_ =>
        {
            gate.Wait();
            return Directive.Stop;
        }));
        probe.Watch(child);
        child.Tell(new InvalidDataException("bad"));
        child.Tell("never");
        await probe.Expect("started");
        gate.Set();
        await probe.Expect("stopped");
        await probe.Next<Terminated>();
    }

    private static async Task Expect(Probe probe, params string[] messages)
    {
        foreach (var message in messages) await probe.Expect(message);
    }

    private Task<IActorRef> NewChild(Probe probe, SupervisorStrategy strategy) =>
        NewSupervisor(probe, strategy).Ask<IActorRef>("child", Patience);

    private IActorRef NewSupervisor(Probe probe, SupervisorStrategy strategy) =>
        System.ActorOf(Props.Create(() => new Supervisor(probe.Ref, strategy)));

    private sealed class Supervisor : ReceiveActor
    {
        private readonly SupervisorStrategy strategy;

        public Supervisor(IActorRef probe, SupervisorStrategy strategy)
        {
            this.strategy = strategy;
            Receive<string>(_ => Sender.Tell(Context.ActorOf(Props.Create(() => new Worker(probe)))));
            Receive<Props>(props => Sender.Tell(Context.ActorOf(props)));
            Receive<Exception>(e => throw e);
        }

        protected override SupervisorStrategy SupervisorStrategy() => strategy;
    }

    private sealed class Worker : ReceiveActor
    {
        private readonly IActorRef probe;

        public Worker(IActorRef probe)
        {
            this.probe = probe;
            Receive<ManualResetEventSlim>(gate => gate.Wait());
            Receive<Exception>(e => throw e);
            ReceiveAny(message => probe.Tell(message));
        }

        protected override void PreStart() => probe.Tell("started");

        protected override void PostStop() => probe.Tell("stopped");

        protected override void PreRestart(Exception reason, object message)
        {
            probe.Tell($"preRestart {reason.Message} {NameOf(message)}");
            base.PreRestart(reason, message);
        }

        protected override void PostRestart(Exception reason)
        {
            probe.Tell($"postRestart {reason.Message}");
            base.PostRestart(reason);
        }

        private static string? NameOf(object? message) => message?.GetType().Name;
    }

    private sealed class Stillborn : ReceiveActor
    {
        public Stillborn() => throw new InvalidOperationException("stillborn");
    }

    private sealed record Made(int Number);

    private sealed class Holder : ReceiveActor
    {
        public Holder(Made held)
        {
            Receive<string>(text => text == "self", _ => Sender.Tell(Self));
            Receive<string>(_ => Sender.Tell(held));
            Receive<Exception>(e => throw e);
        }
    }
}
