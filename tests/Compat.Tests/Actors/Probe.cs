using System.Threading.Channels;
using Akka.Actor;

namespace Distributed.Compat.Tests.Actors;

/// <summary>Keeps what an actor receives, with its senders, for a test to look at in order.</summary>
public sealed class Probe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Channel<(object Message, IActorRef Sender)> received = Channel.CreateUnbounded<(object, IActorRef)>();

    public Probe(ActorSystem system) => Ref = system.ActorOf(Props.Create(() => new Recorder(received.Writer)));

    public IActorRef Ref { get; }

    public IActorRef LastSender { get; private set; } = ActorRefs.NoSender!;

    /// <summary>The next message, which must be a T.</summary>
    public async Task<T> Next<T>()
    {
        var (message, sender) = await received.Reader.ReadAsync().AsTask().WaitAsync(Patience);
        LastSender = sender;
        return Assert.IsType<T>(message, exactMatch: false);
    }

    /// <summary>The next message must equal this one.</summary>
    public async Task Expect<T>(T expected) => Assert.Equal(expected, await Next<T>());

    /// <summary>Makes the recording actor watch another one.</summary>
    public void Watch(IActorRef subject) => Ref.Tell(new WatchCommand(subject));

    private sealed record WatchCommand(IActorRef Subject);

    private sealed class Recorder : ReceiveActor
    {
        public Recorder(ChannelWriter<(object Message, IActorRef Sender)> writer)
        {
            Receive<WatchCommand>(command => Context.Watch(command.Subject));
            ReceiveAny(message => writer.TryWrite((message, Sender)));
        }
    }
}
