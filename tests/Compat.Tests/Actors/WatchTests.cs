using Akka.Actor;

namespace Distributed.Compat.Tests.Actors;

public sealed class WatchTests : ActorTest
{
    [Fact]
    public async Task The_end_of_a_watched_actor_is_told_once()
    {
        var probe = NewProbe();
        var subject = NewEcho();
        probe.Watch(subject);
        probe.Watch(subject);
        probe.Ref.Tell("watching");
        await probe.Expect("watching");
        System.Stop(subject);
        var terminated = await probe.Next<Terminated>();
        Assert.Equal(subject, terminated.ActorRef);
        Assert.True(terminated.ExistenceConfirmed);
        probe.Ref.Tell("marker");
        await probe.Expect("marker");
    }

    [Fact]
    public async Task An_actor_that_is_dead_already_is_told_too()
    {
        var subject = NewEcho();
        Assert.True(await subject.GracefulStop(Patience));
        var probe = NewProbe();
        probe.Watch(subject);
        Assert.Equal(subject, (await probe.Next<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task Every_watcher_is_told()
    {
        var subject = NewEcho();
        Probe[] probes = [NewProbe(), NewProbe(), NewProbe()];
        foreach (var probe in probes)
        {
            probe.Watch(subject);
            probe.Ref.Tell("watching");
            await probe.Expect("watching");
        }

        subject.Tell(PoisonPill.Instance);
        foreach (var probe in probes) Assert.Equal(subject, (await probe.Next<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task What_the_actor_sent_before_its_end_arrives_before_its_end()
    {
        var probe = NewProbe();
        var subject = System.ActorOf(Props.Create(() => new TellTests.Forwarder(probe.Ref)));
        probe.Watch(subject);
        for (var i = 0; i < 100; i++) subject.Tell(i);
        subject.Tell(PoisonPill.Instance);
        for (var i = 0; i < 100; i++) await probe.Expect(i);
        await probe.Next<Terminated>();
    }

    [Fact]
    public async Task WatchWith_brings_the_given_message()
    {
        var probe = NewProbe();
        var watcher = System.ActorOf(Props.Create(() => new Watcher(probe.Ref)));
        var subject = NewEcho();
        watcher.Tell(new Watcher.WatchWith(subject, "gone"));
        watcher.Tell(new Watcher.Stop(subject));
        await probe.Expect("gone");
    }

    [Fact]
    public async Task After_Unwatch_nothing_comes_even_if_it_is_in_the_mailbox()
    {
        var probe = NewProbe();
        var watcher = System.ActorOf(Props.Create(() => new Watcher(probe.Ref)));
        var subject = NewEcho();
        watcher.Tell(new Watcher.WatchWith(subject, "gone"));
        await watcher.Ask<string>("ready", Patience);
        var other = NewProbe();
        other.Watch(subject);
        using var gate = new ManualResetEventSlim();
        watcher.Tell(new Watcher.Wait(gate));
        watcher.Tell(new Watcher.Unwatch(subject));
        System.Stop(subject);
        await other.Next<Terminated>();
        gate.Set();
        Assert.Equal("ready", await watcher.Ask<string>("ready", Patience));
        probe.Ref.Tell("marker");
        await probe.Expect("marker");
    }

    [Fact]
    public async Task A_watcher_that_does_not_handle_Terminated_fails_with_a_death_pact()
    {
        var probe = NewProbe();
        var pact = System.ActorOf(Props.Create(() => new Pact()));
        probe.Watch(pact);
        var subject = NewEcho();
        pact.Tell(subject);
        System.Stop(subject);
        Assert.Equal(pact, (await probe.Next<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task A_restart_of_the_watched_actor_is_not_its_end()
    {
        var probe = NewProbe();
        var subject = System.ActorOf(Props.Create(() => new Fragile()));
        probe.Watch(subject);
        subject.Tell("fail");
        Assert.Equal("alive", await subject.Ask<string>("alive", Patience));
        probe.Ref.Tell("marker");
        await probe.Expect("marker");
    }

    private IActorRef NewEcho() => System.ActorOf(Props.Create(() => new TellTests.Echo()));

    private sealed class Watcher : ReceiveActor
    {
        public Watcher(IActorRef probe)
        {
            Receive<WatchWith>(command => Context.WatchWith(command.Subject, command.Message));
            Receive<Unwatch>(command => Context.Unwatch(command.Subject));
            Receive<Stop>(command => Context.Stop(command.Subject));
            Receive<Wait>(command => command.Gate.Wait());
            Receive<string>(text => text == "ready", text => Sender.Tell(text));
            ReceiveAny(message => probe.Tell(message));
        }

        public sealed record WatchWith(IActorRef Subject, object Message);

        public sealed record Unwatch(IActorRef Subject);

        public sealed record Stop(IActorRef Subject);

        public sealed record Wait(ManualResetEventSlim Gate);
    }

    private sealed class Pact : ReceiveActor
    {
        public Pact() => Receive<IActorRef>(subject => Context.Watch(subject));
    }

    private sealed class Fragile : ReceiveActor
    {
        public Fragile()
        {
            Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("told to"));
            ReceiveAny(message => Sender.Tell(message));
        }
    }
}
