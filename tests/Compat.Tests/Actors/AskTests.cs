using Akka.Actor;

namespace Distributed.Compat.Tests.Actors;

public sealed class AskTests : ActorTest
{
    [Fact]
    public async Task No_answer_in_time_is_an_AskTimeoutException()
    {
        var silent = NewProbe();
        await Assert.ThrowsAsync<AskTimeoutException>(() => silent.Ref.Ask<string>("anyone?", TimeSpan.FromMilliseconds(10)));
    }

    [Fact]
    public async Task An_answer_of_another_type_is_an_ArgumentException()
    {
        var echo = NewEcho();
        await Assert.ThrowsAsync<ArgumentException>(() => echo.Ask<int>("text", Patience));
    }

    [Fact]
    public async Task A_Status_Failure_fails_the_task_with_its_cause_unless_asked_for()
    {
        var echo = NewEcho();
        var failure = new Status.Failure(new InvalidDataException("bad"));
        Assert.Equal("bad", (await Assert.ThrowsAsync<InvalidDataException>(() => echo.Ask<string>(failure, Patience))).Message);
        Assert.Same(failure, await echo.Ask<Status.Failure>(failure, Patience));
        await Assert.ThrowsAsync<InvalidDataException>(() => echo.Ask<object>(failure, Patience));
    }

    [Fact]
    public async Task A_cancelled_token_cancels_the_task()
    {
        var silent = NewProbe();
        using var source = new CancellationTokenSource();
        var answer = silent.Ref.Ask<string>("anyone?", source.Token);
        await silent.Expect("anyone?");
        await source.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => answer);
    }

    [Fact]
    public async Task An_actor_can_ask_and_pipe_the_answer()
    {
        var echo = NewEcho();
        var asking = System.ActorOf(Props.Create(() => new Asking(echo)));
        Assert.Equal("answered question", await asking.Ask<string>("question", Patience));
    }

    [Fact]
    public async Task GracefulStop_says_whether_the_actor_stopped_in_time()
    {
        Assert.True(await NewEcho().GracefulStop(Patience));
        using var gate = new ManualResetEventSlim();
        var stuck = System.ActorOf(Props.Create(() => new Stuck(gate)));
        stuck.Tell("wait");
        Assert.False(await stuck.GracefulStop(TimeSpan.FromMilliseconds(10)));
        gate.Set();
    }

    private IActorRef NewEcho() => System.ActorOf(Props.Create(() => new TellTests.Echo()));

    private sealed class Asking : ReceiveActor
    {
        public Asking(IActorRef echo) => Receive<string>(text =>
            echo.Ask<string>(text, Patience).PipeTo(Sender, success: answer => "answered " + answer));
    }

    private sealed class Stuck : ReceiveActor
    {
        public Stuck(ManualResetEventSlim gate) => Receive<string>(_ => gate.Wait());
    }
}
