namespace Akka.Actor;

/// <summary>One message to be sent later, once or at an interval.</summary>
internal sealed class ScheduledTell : IDisposable
{
    private readonly SystemScheduler scheduler;
    private readonly Action send;
    private readonly ICancelable? cancelable;
    private readonly Timer timer;
    private CancellationTokenRegistration cancellation;
    private bool once;

    public ScheduledTell(SystemScheduler scheduler, Action send, ICancelable? cancelable)
    {
        this.scheduler = scheduler;
        this.send = send;
        this.cancelable = cancelable;
        timer = new Timer(static me => ((ScheduledTell)me!).Send(), this, Timeout.Infinite, Timeout.Infinite);
    }

    public void Start(TimeSpan delay, TimeSpan interval)
    {
        once = interval == Timeout.InfiniteTimeSpan;
        cancellation = cancelable?.Token.UnsafeRegister(static me => ((ScheduledTell)me!).Dispose(), this) ?? default;
        if (cancelable?.IsCancellationRequested != true) timer.Change(delay, interval);
    }

    public void Dispose()
    {
        timer.Dispose();
        cancellation.Unregister();
        scheduler.Remove(this);
    }

    private void Send()
    {
        if (cancelable?.IsCancellationRequested == true) return;
        if (once) Dispose();
        send();
    }
}
