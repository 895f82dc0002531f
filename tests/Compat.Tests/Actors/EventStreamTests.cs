using Akka.Actor;
using Akka.Event;

namespace Distributed.Compat.Tests.Actors;

public sealed class EventStreamTests : ActorTest
{
    [Fact]
    public async Task Subscribers_get_the_types_they_asked_for_and_their_subtypes()
    {
        var probe = NewProbe();
        Assert.True(System.EventStream.Subscribe(probe.Ref, typeof(Animal)));
        System.EventStream.Publish("not an animal");
        System.EventStream.Publish(new Cat("Tom"));
        await probe.Expect(new Cat("Tom"));
    }

    [Fact]
    public async Task After_Unsubscribe_nothing_comes()
    {
        var probe = NewProbe();
        System.EventStream.Subscribe<Animal>(probe.Ref);
        Assert.True(System.EventStream.Unsubscribe(probe.Ref, typeof(Animal)));
        System.EventStream.Publish(new Cat("Tom"));
        probe.Ref.Tell("marker");
        await probe.Expect("marker");
    }

    [Fact]
    public async Task An_actors_log_is_published_with_its_path_and_text()
    {
        var probe = NewProbe();
        System.EventStream.Subscribe(probe.Ref, typeof(Info));
        System.EventStream.Subscribe(probe.Ref, typeof(Error));
        var actor = System.ActorOf(Props.Create(() => new Talkative()), "talkative");
        actor.Tell("step");
        var info = await Until<Info>(probe, actor);
        Assert.Equal(("step of 3", LogLevel.InfoLevel), (info.Message.ToString(), info.LogLevel()));
        var error = await Until<Error>(probe, actor);
        Assert.Equal(("failed at 4", "bad"), (error.Message.ToString(), error.Cause.Message));
    }

    [Fact]
    public async Task A_supervised_failure_is_logged_as_an_error_with_its_cause()
    {
        var probe = NewProbe();
        System.EventStream.Subscribe(probe.Ref, typeof(Error));
        var actor = System.ActorOf(Props.Create(() => new Talkative()));
        actor.Tell(new InvalidDataException("worse"));
        var error = await Until<Error>(probe, actor);
        Assert.Equal("worse", Assert.IsType<InvalidDataException>(error.Cause).Message);
    }

    /// <summary>The next log event of that actor.</summary>
    private static async Task<T> Until<T>(Probe probe, IActorRef actor)
        where T : LogEvent
    {
        while (true)
        {
            if (await probe.Next<LogEvent>() is T found && found.LogSource.Contains(actor.Path.ToString())) return found;
        }
    }

    private abstract record Animal(string Name);

    private sealed record Cat(string Name) : Animal(Name);

    private sealed class Talkative : ReceiveActor
    {
        private readonly ILoggingAdapter log = Context.GetLogger();

        public Talkative()
        {
            Receive<string>(text =>
            {
                log.Info("{0} of {1}", text, 3);
                log.Error(new InvalidDataException("bad"), "failed at {0}", 4);
            });
            Receive<Exception>(e => throw e);
        }
    }
}
