using System.Diagnostics;

namespace Akka.Dispatch;

/// <summary>
/// Threads that run mailboxes from one queue. A thread without work spins for a bounded time before it parks,
/// and a parked one is woken only if no other thread is there to take the work.
/// </summary>
internal sealed class DedicatedThreads
{
    private readonly Lock gate = new();
    private readonly Stack<Parker> parked;
    private readonly long spinTicks;
    private Ring<Mailbox> queue = new();
    private int waitingMailboxes;
    private int spinning;
    private bool stopping;

    public DedicatedThreads(string name, int count, TimeSpan spinDuration)
    {
        parked = new Stack<Parker>(count);
        spinTicks = Environment.ProcessorCount == 1 ? 0 : (long)(spinDuration.TotalSeconds * Stopwatch.Frequency);
        for (var i = 0; i < count; i++) new Thread(Run) { Name = count == 1 ? name : $"{name}-{i}", IsBackground = true }.Start();
    }

    public void Post(Mailbox mailbox)
    {
        Parker? woken = null;
        lock (gate)
        {
            queue.AddLast(mailbox);
            Volatile.Write(ref waitingMailboxes, queue.Count);
            if (queue.Count > spinning) parked.TryPop(out woken);
        }

        woken?.Wake();
    }

    /// <summary>The threads end when they have no work.</summary>
    public void Stop()
    {
        lock (gate)
        {
            stopping = true;
            foreach (var parker in parked) parker.Wake();
            parked.Clear();
        }
    }

    private void Run()
    {
        var parker = new Parker();
        while (Next(parker) is { } mailbox) mailbox.Execute();
    }

    /// <returns>The next mailbox, or null when the thread is to end.</returns>
    private Mailbox? Next(Parker parker)
    {
        if (TryTake(startSpinning: true) is { } atOnce) return atOnce;
        Spin();
        lock (gate) spinning--;
        while (true)
        {
            lock (gate)
            {
                if (Take() is { } mailbox) return mailbox;
                if (stopping) return null;
                parked.Push(parker);
            }

            parker.Wait();
        }
    }

    private Mailbox? TryTake(bool startSpinning)
    {
        lock (gate)
        {
            if (Take() is { } mailbox) return mailbox;
            if (startSpinning) spinning++;
            return null;
        }
    }

    private Mailbox? Take()
    {
        if (queue.Count == 0) return null;
        var mailbox = queue.RemoveFirst();
        Volatile.Write(ref waitingMailboxes, queue.Count);
        return mailbox;
    }

    /// <summary>Yields between looks, since the thread that is to send may need this core.</summary>
    private void Spin()
    {
        if (spinTicks == 0) return;
        var end = Stopwatch.GetTimestamp() + spinTicks;
        while (Volatile.Read(ref waitingMailboxes) == 0 && !Volatile.Read(ref stopping) && Stopwatch.GetTimestamp() < end)
        {
            Thread.SpinWait(10);
            Thread.Yield();
        }
    }
}
