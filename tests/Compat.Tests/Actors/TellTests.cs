using Akka.Actor;

namespace Distributed.Compat.Tests.Actors;

public sealed class TellTests : ActorTest
{
    [Fact]
    public async Task A_message_reaches_its_actor_and_is_answered_to_its_sender()
    {
        var echo = System.ActorOf(Props.Create(() => new Echo()), "echo");
        Assert.Equal("hello", await echo.Ask<string>("hello", Patience));
        Assert.Equal("akka://conformance/user/echo", echo.Path.ToString());
    }

    [Theory]
    [InlineData("akka.actor.default-dispatcher")]
    [InlineData("own-thread")]
    [InlineData("one-thread")]
    public async Task Messages_of_one_sender_arrive_in_order(string dispatcher)
    {
        var probe = NewProbe();
        var forwarder = System.ActorOf(Props.Create(() => new Forwarder(probe.Ref)).WithDispatcher(dispatcher));
        for (var i = 0; i < 5000; i++) forwarder.Tell(i);
        for (var i = 0; i < 5000; i++) await probe.Expect(i);
    }

    [Fact]
    public async Task Tell_inside_an_actor_names_it_as_sender_and_Forward_keeps_the_original()
    {
        var probe = NewProbe();
        var forwarder = System.ActorOf(Props.Create(() => new Forwarder(probe.Ref)));
        forwarder.Tell("told", ActorRefs.NoSender);
        await probe.Expect("told");
        Assert.Equal(forwarder, probe.LastSender);

        var other = NewProbe();
        forwarder.Tell(new Forwarder.Forward("forwarded"), other.Ref);
        await probe.Expect("forwarded");
        Assert.Equal(other.Ref, probe.LastSender);
    }

    [Fact]
    public async Task Without_a_sender_the_sender_is_the_dead_letters()
    {
        var probe = NewProbe();
        probe.Ref.Tell("anonymous", ActorRefs.NoSender);
        await probe.Expect("anonymous");
        Assert.Equal(System.DeadLetters, probe.LastSender);
    }

    public sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }

    public sealed class Forwarder : ReceiveActor
    {
        public Forwarder(IActorRef target)
        {
            Receive<Forward>(forward => target.Forward(forward.Message));
            ReceiveAny(message => target.Tell(message));
        }

        public sealed record Forward(object Message);
    }
}
