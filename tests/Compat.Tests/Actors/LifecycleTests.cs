using Akka.Actor;
using Akka.Event;

namespace Distributed.Compat.Tests.Actors;

public sealed class LifecycleTests : ActorTest
{
    [Fact]
    public async Task PreStart_comes_before_the_first_message_and_PostStop_after_the_last()
    {
        var probe = NewProbe();
        var actor = System.ActorOf(Props.Create(() => new Reporter(probe.Ref)));
        actor.Tell("work");
        actor.Tell(PoisonPill.Instance);
        foreach (var expected in new[] { "constructed", "started", "work", "stopped" }) await probe.Expect(expected);
    }

    [Fact]
    public async Task PoisonPill_lets_earlier_messages_through_and_later_ones_become_dead_letters()
    {
        var probe = NewProbe();
        var letters = NewProbe();
        System.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        var actor = System.ActorOf(Props.Create(() => new TellTests.Forwarder(probe.Ref)));
        probe.Watch(actor);
        actor.Tell("before");
        actor.Tell(PoisonPill.Instance);
        actor.Tell("after", probe.Ref);
        await probe.Expect("before");
        await probe.Next<Terminated>();
        var letter = await letters.Next<DeadLetter>();
        Assert.Equal(("after", probe.Ref, actor), (letter.Message, letter.Sender, letter.Recipient));
    }

    [Fact]
    public async Task An_actor_that_stops_itself_finishes_the_message_in_hand_and_drops_the_rest()
    {
        var probe = NewProbe();
        var letters = NewProbe();
        System.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        using var gate = new ManualResetEventSlim();
        var actor = System.ActorOf(Props.Create(() => new Gated(probe.Ref, gate)).WithDispatcher("own-thread"));
        actor.Tell("first");
        await probe.Expect("begun first");
        actor.Tell("second");
        gate.Set();
        await probe.Expect("ended first");
        Assert.Equal("second", (await letters.Next<DeadLetter>()).Message);
    }

    [Fact]
    public async Task Children_stop_before_their_parent_does()
    {
        var probe = NewProbe();
        var parent = System.ActorOf(Props.Create(() => new Parent(probe.Ref)), "parent");
        var child = await parent.Ask<IActorRef>("child", Patience);
        Assert.Equal("akka://conformance/user/parent/child", child.Path.ToString());
        System.Stop(parent);
        await probe.Expect("child stopped");
        await probe.Expect("parent stopped");
    }

    [Theory]
    [InlineData("taken")]
    [InlineData("not/valid")]
    [InlineData("$reserved")]
    [InlineData("")]
    public void A_name_must_be_free_and_valid(string name)
    {
        System.ActorOf(Props.Create(() => new TellTests.Echo()), "taken");
        Assert.Throws<InvalidActorNameException>(() => System.ActorOf(Props.Create(() => new TellTests.Echo()), name));
    }

    [Fact]
    public async Task A_childs_name_is_free_when_its_parent_sees_Terminated_and_the_new_child_is_another()
    {
        var probe = NewProbe();
        System.ActorOf(Props.Create(() => new Replacer(probe.Ref)));
        var (first, second) = await probe.Next<(IActorRef, IActorRef)>();
        Assert.Equal(first.Path, second.Path);
        Assert.NotEqual(first, second);
        Assert.NotEqual(0, first.CompareTo(second));
        Assert.Equal(0, first.CompareTo(first));
        Assert.Equal("alive", await second.Ask<string>("alive", Patience));
    }

    [Fact]
    public void Unnamed_actors_have_distinct_names()
    {
        var one = System.ActorOf(Props.Create(() => new TellTests.Echo()));
        var two = System.ActorOf(Props.Create(() => new TellTests.Echo()));
        Assert.StartsWith("$", one.Path.Name);
        Assert.NotEqual(one.Path, two.Path);
        Assert.Equal("user", one.Path.Parent.Name);
    }

    [Fact]
    public void An_actor_cannot_be_created_with_new() => Assert.Throws<ActorInitializationException>(() => new TellTests.Echo());

    [Fact]
    public async Task The_context_knows_parent_and_children()
    {
        var probe = NewProbe();
        var parent = System.ActorOf(Props.Create(() => new Parent(probe.Ref)));
        var child = await parent.Ask<IActorRef>("child", Patience);
        Assert.Equal(parent, await child.Ask<IActorRef>("parent", Patience));
        Assert.Equal(child, await parent.Ask<IActorRef>("find child", Patience));
        Assert.Equal(ActorRefs.Nobody, await parent.Ask<IActorRef>("find another", Patience));
        Assert.Equal([child], await parent.Ask<IActorRef[]>("children", Patience));
    }

    [Fact]
    public async Task A_failing_PostStop_does_not_keep_the_actor_alive_and_Dispose_is_called()
    {
        var probe = NewProbe();
        var actor = System.ActorOf(Props.Create(() => new BadEnd(probe.Ref)));
        probe.Watch(actor);
        actor.Tell(PoisonPill.Instance);

        // The watch and the pill go to different mailboxes: who begins to watch a dead actor may hear of its end before its Dispose is called.
        object[] received = [await probe.Next<object>(), await probe.Next<object>()];
        Assert.Contains("disposed", received);
        Assert.Contains(received, message => message is Terminated);
    }

    [Fact]
    public async Task A_failing_PreRestart_does_not_prevent_the_restart()
    {
        var probe = NewProbe();
        var actor = System.ActorOf(Props.Create(() => new BadEnd(probe.Ref)));
        actor.Tell("fail");
        await probe.Expect("disposed");
        Assert.Equal("alive", await actor.Ask<string>("alive", Patience));
    }

    private sealed class BadEnd : ReceiveActor, IDisposable
    {
        private readonly IActorRef probe;

        public BadEnd(IActorRef probe)
        {
            this.probe = probe;
            Receive<string>(text => text == "fail", _ => throw new InvalidDataException("bad"));
            ReceiveAny(message => Sender.Tell(message));
        }

        public void Dispose() => probe.Tell("disposed");

        protected override void PreRestart(Exception reason, object message) => throw new InvalidOperationException("bad PreRestart");

        protected override void PostStop() => throw new InvalidOperationException("bad PostStop");
    }

    private sealed class Reporter : ReceiveActor
    {
        private readonly IActorRef probe;

        public Reporter(IActorRef probe)
        {
            this.probe = probe;
            probe.Tell("constructed");
            ReceiveAny(message => probe.Tell(message));
        }

        protected override void PreStart() => probe.Tell("started");

        protected override void PostStop() => probe.Tell("stopped");
    }

    private sealed class Gated : ReceiveActor
    {
        public Gated(IActorRef probe, ManualResetEventSlim gate) => Receive<string>(text =>
        {
            probe.Tell("begun " + text);
            gate.Wait();
            Context.Stop(Self);
            probe.Tell("ended " + text);
        });
    }

    private sealed class Parent : ReceiveActor
    {
        private readonly IActorRef probe;

        public Parent(IActorRef probe)
        {
            this.probe = probe;
            Receive<string>(text => text == "child", _ => Sender.Tell(Context.ActorOf(Props.Create(() => new Child(probe)), "child")));
            Receive<string>(text => text.StartsWith("find "), text => Sender.Tell(Context.Child(text[5..])));
            Receive<string>(text => text == "children", _ => Sender.Tell(Context.GetChildren().ToArray()));
        }

        protected override void PostStop() => probe.Tell("parent stopped");
    }

    private sealed class Child : ReceiveActor
    {
        private readonly IActorRef probe;

        public Child(IActorRef probe)
        {
            this.probe = probe;
            ReceiveAny(_ => Sender.Tell(Context.Parent));
        }

        protected override void PostStop() => probe.Tell("child stopped");
    }

    private sealed class Replacer : ReceiveActor
    {
        public Replacer(IActorRef probe)
        {
            var first = Context.Watch(NewChild());
            Context.Stop(first);
            Receive<Terminated>(_ => probe.Tell((first, NewChild())));
        }

        private static IActorRef NewChild() => Context.ActorOf(Props.Create(() => new TellTests.Echo()), "child");
    }
}
