using Akka.Actor;

namespace Distributed.Compat.Tests.Actors;

public sealed class PipeToTests : ActorTest
{
    [Fact]
    public async Task A_result_becomes_a_message()
    {
        var probe = NewProbe();
        await Task.FromResult("result").PipeTo(probe.Ref);
        await probe.Expect("result");
        Assert.Equal(System.DeadLetters, probe.LastSender);

        var sender = NewProbe();
        await Task.FromResult(20).PipeTo(probe.Ref, sender.Ref, success: number => number + 1);
        await probe.Expect(21);
        Assert.Equal(sender.Ref, probe.LastSender);
    }

    [Fact]
    public async Task A_failure_becomes_a_Status_Failure_or_what_a_function_makes_of_it()
    {
        var probe = NewProbe();
        var failed = Task.FromException<int>(new InvalidDataException("bad"));
        await failed.PipeTo(probe.Ref);
        Assert.Equal("bad", Assert.IsType<InvalidDataException>((await probe.Next<Status.Failure>()).Cause).Message);
        await failed.PipeTo(probe.Ref, failure: e => "failed: " + e.Message);
        await probe.Expect("failed: bad");
        await Task.FromCanceled<int>(new CancellationToken(true)).PipeTo(probe.Ref);
        Assert.IsType<TaskCanceledException>((await probe.Next<Status.Failure>()).Cause);
    }

    [Fact]
    public async Task A_task_without_result_sends_only_what_a_function_makes()
    {
        var probe = NewProbe();
        await Task.CompletedTask.PipeTo(probe.Ref);
        await Task.CompletedTask.PipeTo(probe.Ref, success: () => "done");
        await probe.Expect("done");
        await Task.FromException(new InvalidDataException("bad")).PipeTo(probe.Ref);
        await probe.Next<Status.Failure>();
    }

    [Fact]
    public async Task An_actor_pipes_to_itself_and_goes_on_meanwhile()
    {
        var work = new TaskCompletionSource<int>();
        var actor = System.ActorOf(Props.Create(() => new Piping(work.Task)));
        var answer = actor.Ask<string>("begin", Patience);
        Assert.Equal("free", await actor.Ask<string>("busy?", Patience));
        work.SetResult(7);
        Assert.Equal("worked 7", await answer);
    }

    [Fact]
    public async Task A_function_that_fails_is_a_failure()
    {
        var probe = NewProbe();
        await Task.FromResult(1).PipeTo(probe.Ref, success: _ => throw new InvalidDataException("bad function"));
        Assert.Equal("bad function", (await probe.Next<Status.Failure>()).Cause.Message);
    }

    private sealed class Piping : ReceiveActor
    {
        public Piping(Task<int> work)
        {
            Receive<string>(text => text == "begin", _ => work.PipeTo(Self, Sender));
            Receive<string>(_ => Sender.Tell("free"));
            Receive<int>(number => Sender.Tell($"worked {number}"));
        }
    }
}
