using Akka.Actor;
using Akka.Event;

namespace Distributed.Compat.Tests.Actors;

public sealed class BehaviorTests : ActorTest
{
    [Theory]
    [InlineData(3, "small")]
    [InlineData(30, "integer")]
    [InlineData(3.0, "anything")]
    public async Task The_first_fitting_handler_takes_the_message(object message, string expected)
    {
        var actor = System.ActorOf(Props.Create(() => new Choosy()));
        Assert.Equal(expected, await actor.Ask<string>(message, Patience));
    }

    [Fact]
    public async Task A_message_without_handler_is_published_as_unhandled()
    {
        var unhandled = NewProbe();
        System.EventStream.Subscribe(unhandled.Ref, typeof(UnhandledMessage));
        var actor = System.ActorOf(Props.Create(() => new Switching()));
        actor.Tell(42, unhandled.Ref);
        var published = await unhandled.Next<UnhandledMessage>();
        Assert.Equal((42, unhandled.Ref, actor), (published.Message, published.Sender, published.Recipient));
    }

    [Fact]
    public async Task Become_replaces_and_BecomeStacked_covers_until_UnbecomeStacked()
    {
        var actor = System.ActorOf(Props.Create(() => new Switching()));
        Assert.Equal("first: x", await actor.Ask<string>("x", Patience));
        actor.Tell("become");
        Assert.Equal("second: x", await actor.Ask<string>("x", Patience));
        actor.Tell("stack");
        Assert.Equal("third: x", await actor.Ask<string>("x", Patience));
        actor.Tell("unstack");
        Assert.Equal("second: x", await actor.Ask<string>("x", Patience));
    }

    [Fact]
    public async Task A_restart_returns_to_the_first_behaviour()
    {
        var actor = System.ActorOf(Props.Create(() => new Switching()));
        actor.Tell("become");
        Assert.Equal("second: x", await actor.Ask<string>("x", Patience));
        actor.Tell("fail");
        Assert.Equal("first: x", await actor.Ask<string>("x", Patience));
    }

    [Fact]
    public async Task No_handler_may_follow_ReceiveAny_nor_be_added_while_running()
    {
        var actor = System.ActorOf(Props.Create(() => new Late()));
        Assert.IsType<InvalidOperationException>(await actor.Ask<Exception>("ReceiveAny, then Receive", Patience));
        Assert.IsType<InvalidOperationException>(await actor.Ask<Exception>("Receive while running", Patience));
    }

    private sealed class Choosy : ReceiveActor
    {
        public Choosy()
        {
            Receive<int>(number => Sender.Tell("small"), number => number < 10);
            Receive<int>(_ => Sender.Tell("integer"));
            ReceiveAny(_ => Sender.Tell("anything"));
        }
    }

    private sealed class Switching : ReceiveActor
    {
        public Switching() => First();

        private void First()
        {
            Receive<string>(text => text == "become", _ => Become(Second));
            Receive<string>(text => Sender.Tell("first: " + text));
        }

        private void Second()
        {
            Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("told to"));
            Receive<string>(text => text == "stack", _ => BecomeStacked(Third));
            Receive<string>(text => Sender.Tell("second: " + text));
        }

        private void Third()
        {
            Receive<string>(text => text == "unstack", _ => UnbecomeStacked());
            Receive<string>(text => Sender.Tell("third: " + text));
        }
    }

    private sealed class Late : ReceiveActor
    {
        public Late() => Receive<string>(text => Sender.Tell(Record.Exception(() =>
        {
            if (text == "Receive while running") Receive<int>(_ => { });
            else BecomeStacked(AnyThenInt);
        })!));

        private void AnyThenInt()
        {
            ReceiveAny(_ => { });
            Receive<int>(_ => { });
        }
    }
}
