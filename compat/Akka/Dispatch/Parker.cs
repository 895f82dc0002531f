namespace Akka.Dispatch;

/// <summary>Blocks one thread until it is woken; a wake-up that comes first is kept.</summary>
internal sealed class Parker
{
    private readonly object gate = new();
    private bool woken;

    public void Wait()
    {
        lock (gate)
        {
            while (!woken) Monitor.Wait(gate);
            woken = false;
        }
    }

    public void Wake()
    {
        lock (gate)
        {
            woken = true;
            Monitor.Pulse(gate);
        }
    }
}
