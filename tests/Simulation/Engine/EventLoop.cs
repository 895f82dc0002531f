using Distributed.Numerics;

namespace Distributed.Simulation.Engine;

/// <summary>
/// Virtual time: events in order of their time, those of the same time in order of their making. One thread, no waiting: a simulated minute takes
/// as long as its events take to compute.
/// </summary>
public sealed class EventLoop
{
    private readonly PriorityQueue<Action, (long Ticks, long Order)> _events = new();
    private long _made;

    /// <summary>The simulated world's own time, which no simulated machine sees directly.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>Events that happened so far.</summary>
    public long Happened { get; private set; }

    /// <summary><paramref name="action"/> happens after <paramref name="delay"/>.</summary>
    public void After(TimeSpan delay, Action action) => At(Now + delay, action);

    /// <summary><paramref name="action"/> happens at <paramref name="time"/>, which is not past.</summary>
    public void At(TimeSpan time, Action action)
    {
        Check.That(time >= Now);
        _events.Enqueue(action, (time.Ticks, _made++));
    }

    /// <summary>Lets the next event happen; false when none is left.</summary>
    public bool Step()
    {
        if (!_events.TryDequeue(out Action? action, out (long Ticks, long Order) key))
        {
            return false;
        }

        Now = TimeSpan.FromTicks(key.Ticks);
        Happened++;
        action();
        return true;
    }
}
