using Akka.Actor;

namespace Distributed.Compat.Tests.Actors;

public sealed class AsyncHandlerTests : ActorTest
{
    [Theory]
    [InlineData("akka.actor.default-dispatcher")]
    [InlineData("own-thread")]
    public async Task The_mailbox_waits_for_an_asynchronous_handler(string dispatcher)
    {
        var probe = NewProbe();
        var release = new TaskCompletionSource();
        var actor = System.ActorOf(Props.Create(() => new Waiting(probe.Ref, release.Task)).WithDispatcher(dispatcher));
        actor.Tell("wait");
        actor.Tell("next");
        await probe.Expect("waiting");
        release.SetResult();
        await probe.Expect("waited");
        await probe.Expect("next");
    }

    [Theory]
    [InlineData("akka.actor.default-dispatcher")]
    [InlineData("own-thread")]
    public async Task Sender_Self_and_Context_are_valid_after_an_await(string dispatcher)
    {
        var actor = System.ActorOf(Props.Create(() => new AfterAwait()).WithDispatcher(dispatcher), "after");
        var (self, name) = await actor.Ask<(IActorRef, string)>("who", Patience);
        Assert.Equal((actor, "after"), (self, name));
    }

    [Fact]
    public async Task A_failing_asynchronous_handler_restarts_the_actor()
    {
        var probe = NewProbe();
        var actor = System.ActorOf(Props.Create(() => new Waiting(probe.Ref, Task.FromException(new InvalidDataException("bad")))));
        actor.Tell("wait");
        actor.Tell("next");
        await probe.Expect("waiting");
        await probe.Expect("restarting after bad with wait");
        await probe.Expect("next");
    }

    [Fact]
    public async Task A_message_can_be_stashed_after_an_await()
    {
        var actor = System.ActorOf(Props.Create(() => new StashingLate()));
        var answer = actor.Ask<string>(5, Patience);
        actor.Tell("open");
        Assert.Equal("stashed 5", await answer);
    }

    [Fact]
    public async Task An_actor_can_be_stopped_while_its_handler_waits()
    {
        var probe = NewProbe();
        var never = new TaskCompletionSource();
        var actor = System.ActorOf(Props.Create(() => new Waiting(probe.Ref, never.Task)));
        probe.Watch(actor);
        actor.Tell("wait");
        await probe.Expect("waiting");
        System.Stop(actor);
        await probe.Next<Terminated>();
    }

    [Fact]
    public async Task Outside_of_a_handler_the_context_is_refused()
    {
        var actor = System.ActorOf(Props.Create(() => new Leaking()));
        Assert.IsType<NotSupportedException>(await actor.Ask<Exception>("leak", Patience));
    }

    private sealed class Waiting : ReceiveActor
    {
        private readonly IActorRef probe;

        public Waiting(IActorRef probe, Task release)
        {
            this.probe = probe;
            ReceiveAsync<string>(text => text == "wait", async _ =>
            {
                probe.Tell("waiting");
                await release;
                probe.Tell("waited");
            });
            ReceiveAny(message => probe.Tell(message));
        }

        protected override void PreRestart(Exception reason, object message) =>
            probe.Tell($"restarting after {reason.Message} with {message}");
    }

    private sealed class StashingLate : ReceiveActor, IWithUnboundedStash
    {
        public StashingLate()
        {
            ReceiveAsync<int>(async _ =>
            {
                await Task.Yield();
                Stash.Stash();
            });
            Receive<string>(_ =>
            {
                Become(() => Receive<int>(number => Sender.Tell($"stashed {number}")));
                Stash.UnstashAll();
            });
        }

        public IStash Stash { get; set; } = null!;
    }

    private sealed class AfterAwait : ReceiveActor
    {
        public AfterAwait() => ReceiveAsync<string>(async _ =>
        {
            await Task.Run(() => { });
            await Task.Yield();
            Sender.Tell((Self, Context.Self.Path.Name));
        });
    }

    private sealed class Leaking : ReceiveActor
    {
        public Leaking() => Receive<string>(_ =>
        {
            var asker = Sender;
            Task.Run(() => asker.Tell(Record.Exception(() => Context.Parent)!));
        });
    }
}
