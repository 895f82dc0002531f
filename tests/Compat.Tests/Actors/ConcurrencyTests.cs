using Akka.Actor;

namespace Distributed.Compat.Tests.Actors;

/// <summary>Many senders at once, with failures in between: nothing is lost, doubled or reordered.</summary>
public sealed class ConcurrencyTests : ActorTest
{
    private const int Senders = 4;
    private const int MessagesPerSender = 5_000;

    [Theory]
    [InlineData("akka.actor.default-dispatcher")]
    [InlineData("own-thread")]
    [InlineData("one-thread")]
    public async Task Every_senders_messages_arrive_once_and_in_order(string dispatcher)
    {
        var counter = System.ActorOf(Props.Create(() => new Counter()).WithDispatcher(dispatcher));
        await SendFromThreads(counter, (sender, number) => new Numbered(sender, number));
        await AssertAllCame(counter, Senders * MessagesPerSender);
    }

    [Theory]
    [InlineData("akka.actor.default-dispatcher")]
    [InlineData("own-thread")]
    public async Task Failures_resumed_in_between_lose_only_the_failing_messages(string dispatcher)
    {
        var guard = System.ActorOf(Props.Create(() => new Guard(dispatcher)));
        var counter = await guard.Ask<IActorRef>("counter", Patience);
        await SendFromThreads(counter, (sender, number) => number % 50 == 49 ? "fail" : new Numbered(sender, number));
        await AssertAllCame(counter, Senders * MessagesPerSender * 49 / 50);
    }

    [Theory]
    [InlineData("akka.actor.default-dispatcher")]
    [InlineData("own-thread")]
    public async Task Asynchronous_handlers_never_overlap(string dispatcher)
    {
        var actor = System.ActorOf(Props.Create(() => new Overlapping()).WithDispatcher(dispatcher));
        for (var i = 0; i < 500; i++) actor.Tell(i);
        Assert.Equal((500, 1), await actor.Ask<(int, int)>("handled, most at once", Patience));
    }

    private static async Task SendFromThreads(IActorRef receiver, Func<int, int, object> message)
    {
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() =>
        {
            for (var number = 0; number < MessagesPerSender; number++) receiver.Tell(message(sender, number));
        })));
    }

    private static async Task AssertAllCame(IActorRef counter, int expected)
    {
        var (count, disorder) = await counter.Ask<(int, int)>("count", Patience);
        Assert.Equal((expected, 0), (count, disorder));
    }

    private sealed record Numbered(int Sender, int Number);

    private sealed class Counter : ReceiveActor
    {
        private readonly int[] last = Enumerable.Repeat(-1, Senders).ToArray();
        private int count;
        private int disorder;

        public Counter()
        {
            Receive<Numbered>(message =>
            {
                if (message.Number <= last[message.Sender]) disorder++;
                last[message.Sender] = message.Number;
                count++;
            });
            Receive<string>(text => text == "fail", _ => throw new InvalidDataException("told to"));
            Receive<string>(_ => Sender.Tell((count, disorder)));
        }
    }

    private sealed class Guard : ReceiveActor
    {
        public Guard(string dispatcher) => ReceiveAny(_ =>
            Sender.Tell(Context.ActorOf(Props.Create(() => new Counter()).WithDispatcher(dispatcher))));

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(-1, -1, _ => Directive.Resume, loggingEnabled: false);
    }

    private sealed class Overlapping : ReceiveActor
    {
        private int handled;
        private int running;
        private int most;

        public Overlapping()
        {
            ReceiveAsync<int>(async number =>
            {
                most = Math.Max(most, ++running);
                if (number % 3 == 0) await Task.Yield();
                if (number % 3 == 1) await Task.Run(() => { });
                running--;
                handled++;
            });
            Receive<string>(_ => Sender.Tell((handled, most)));
        }
    }
}
