using Akka.Actor;

namespace Distributed.Compat.Tests.Actors;

public sealed class StashTests : ActorTest
{
    [Fact]
    public async Task Stashed_messages_come_back_first_in_order_and_with_their_senders()
    {
        var probe = NewProbe();
        var actor = System.ActorOf(Props.Create(() => new Closed(probe.Ref)));
        var sender = NewProbe();
        actor.Tell(1, sender.Ref);
        actor.Tell(2, sender.Ref);
        using var gate = new ManualResetEventSlim();
        actor.Tell(gate);
        actor.Tell("open");
        actor.Tell(3, probe.Ref);
        gate.Set();
        await probe.Expect((1, sender.Ref));
        await probe.Expect((2, sender.Ref));
        await probe.Expect((3, probe.Ref));
    }

    [Fact]
    public async Task A_restart_returns_stashed_messages()
    {
        var probe = NewProbe();
        var actor = System.ActorOf(Props.Create(() => new Closed(probe.Ref)));
        actor.Tell(1);
        actor.Tell(new InvalidOperationException("told to"));
        actor.Tell("open");
        Assert.Equal(1, (await probe.Next<(int, IActorRef)>()).Item1);
    }

    [Fact]
    public async Task The_same_message_cannot_be_stashed_twice()
    {
        var actor = System.ActorOf(Props.Create(() => new Twice()));
        Assert.IsType<IllegalActorStateException>(await actor.Ask<Exception>("stash twice", Patience));
    }

    private sealed class Closed : ReceiveActor, IWithUnboundedStash
    {
        public Closed(IActorRef probe)
        {
            Receive<int>(_ => Stash.Stash());
            Receive<ManualResetEventSlim>(gate => gate.Wait());
            Receive<Exception>(e => throw e);
            Receive<string>(_ =>
            {
                Become(() => Receive<int>(number => probe.Tell((number, Sender))));
                Stash.UnstashAll();
            });
        }

        public IStash Stash { get; set; } = null!;
    }

    private sealed class Twice : ReceiveActor, IWithUnboundedStash
    {
        public Twice() => Receive<string>(_ =>
        {
            Stash.Stash();
            Sender.Tell(Record.Exception(() => Stash.Stash())!);
        });

        public IStash Stash { get; set; } = null!;
    }
}
