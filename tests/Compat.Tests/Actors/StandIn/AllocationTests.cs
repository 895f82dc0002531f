using Akka.Actor;

namespace Distributed.Compat.Tests.Actors.StandIn;

/// <summary>In the steady state a message between actors with threads of their own costs no memory.</summary>
public sealed class AllocationTests : ActorTest
{
    private const int WarmupRounds = 2_000;
    private const int MeasuredRounds = 20_000;

    [Theory]
    [InlineData("own-thread")]
    [InlineData("one-thread")]
    public async Task A_round_trip_allocates_nothing(string dispatcher)
    {
        var returned = System.ActorOf(Props.Create(() => new Returning()).WithDispatcher(dispatcher));
        var done = new TaskCompletionSource<(long, long)>(TaskCreationOptions.RunContinuationsAsynchronously);
        System.ActorOf(Props.Create(() => new Serving(returned, done)).WithDispatcher(dispatcher)).Tell(new Ball());
        var (serving, returning) = await done.Task.WaitAsync(Patience);

        // One-time costs, as of a lock's first contention, may still fall into the measured rounds; a cost per message cannot hide.
        Assert.InRange(serving, 0, MeasuredRounds);
        Assert.InRange(returning, 0, MeasuredRounds);
    }

    /// <summary>The message that goes to and fro, with the bytes that the returning thread had allocated when it sent it.</summary>
    private sealed class Ball
    {
        public long BytesOfReturning { get; set; }
    }

    private sealed class Returning : ReceiveActor
    {
        public Returning() => Receive<Ball>(ball =>
        {
            ball.BytesOfReturning = GC.GetAllocatedBytesForCurrentThread();
            Sender.Tell(ball, Self);
        });
    }

    private sealed class Serving : ReceiveActor
    {
        private int round;
        private (long Serving, long Returning) start;

        public Serving(IActorRef returning, TaskCompletionSource<(long, long)> done) => Receive<Ball>(ball =>
        {
            if (round == WarmupRounds) start = (GC.GetAllocatedBytesForCurrentThread(), ball.BytesOfReturning);
            if (round++ < WarmupRounds + MeasuredRounds) returning.Tell(ball, Self);
            else done.SetResult((GC.GetAllocatedBytesForCurrentThread() - start.Serving, ball.BytesOfReturning - start.Returning));
        });
    }
}
