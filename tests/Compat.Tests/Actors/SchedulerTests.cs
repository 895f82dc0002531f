using Akka.Actor;

namespace Distributed.Compat.Tests.Actors;

public sealed class SchedulerTests : ActorTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(5);

    [Fact]
    public async Task A_message_is_sent_later_with_its_sender()
    {
        var probe = NewProbe();
        var sender = NewProbe();
        System.Scheduler.ScheduleTellOnce(Soon, probe.Ref, "later", sender.Ref);
        await probe.Expect("later");
        Assert.Equal(sender.Ref, probe.LastSender);
    }

    [Fact]
    public async Task A_message_is_sent_repeatedly_until_cancelled()
    {
        var probe = NewProbe();
        var repeated = System.Scheduler.ScheduleTellRepeatedlyCancelable(TimeSpan.Zero, Soon, probe.Ref, "again", ActorRefs.NoSender);
        for (var i = 0; i < 3; i++) await probe.Expect("again");
        repeated.Cancel();
        Assert.True(repeated.IsCancellationRequested);
        probe.Ref.Tell("marker");
        while (await probe.Next<string>() is "again")
        {
        }
    }

    [Fact]
    public async Task What_was_cancelled_before_its_time_is_not_sent()
    {
        var probe = NewProbe();
        var later = TimeSpan.FromSeconds(1);
        System.Scheduler.ScheduleTellOnceCancelable(later, probe.Ref, "cancelled", ActorRefs.NoSender).Cancel();
        System.Scheduler.ScheduleTellOnce(later * 1.1, probe.Ref, "later", ActorRefs.NoSender);
        await probe.Expect("later");
    }

    [Fact]
    public async Task A_receive_timeout_comes_again_until_it_is_taken_back()
    {
        var actor = System.ActorOf(Props.Create(() => new Impatient()));
        Assert.Equal(3, await actor.Ask<int>("count to 3", Patience));
        Assert.Equal(3, await actor.Ask<int>("count", Patience));
    }

    [Fact]
    public void An_interval_must_be_positive_and_a_delay_not_negative()
    {
        var to = System.DeadLetters;
        var scheduler = System.Scheduler;
        Assert.Throws<ArgumentOutOfRangeException>(() => scheduler.ScheduleTellOnce(-Soon, to, "", to));
        Assert.Throws<ArgumentOutOfRangeException>(() => scheduler.ScheduleTellRepeatedly(Soon, TimeSpan.Zero, to, "", to));
    }

    private sealed class Impatient : ReceiveActor
    {
        private IActorRef asker = ActorRefs.Nobody;
        private int count;

        public Impatient()
        {
            Receive<string>(text => text == "count", _ => Sender.Tell(count));
            Receive<string>(_ =>
            {
                asker = Sender;
                SetReceiveTimeout(Soon);
            });
            Receive<ReceiveTimeout>(_ => Count());
        }

        private void Count()
        {
            count++;
            if (count < 3) return;
            SetReceiveTimeout(null);
            asker.Tell(count);
        }
    }
}
