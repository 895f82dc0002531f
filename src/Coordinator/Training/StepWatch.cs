using Distributed.Numerics;
using Distributed.Protocol;

namespace Distributed.Coordinator.Training;

/// <summary>
/// How long the open step has been waited for, and how long steps usually take. Learns both from ticks alone, so that a step costs it nothing.
/// </summary>
public sealed class StepWatch
{
    private StepNumber _seenStep = new(-1);
    private TimeSpan _seenAt;
    private StepNumber _typicalFrom = new(-1);
    private TimeSpan _typicalSince;

    /// <summary>How long ago a tick first saw the open step.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Mean duration of the recent steps; null until some were seen.</summary>
    public TimeSpan? Typical { get; private set; }

    /// <summary>It is <paramref name="now"/>, and <paramref name="open"/> is the open step.</summary>
    public void Tick(TimeSpan now, StepNumber open)
    {
        Check.That(open.Value >= _seenStep.Value);
        if (_typicalFrom.Value < 0)
        {
            _typicalFrom = open;
            _typicalSince = now;
        }
        else if (open.Value > _typicalFrom.Value)
        {
            Typical = (now - _typicalSince) / (open.Value - _typicalFrom.Value);
            _typicalFrom = open;
            _typicalSince = now;
        }

        if (open != _seenStep)
        {
            _seenStep = open;
            _seenAt = now;
        }

        Waited = now - _seenAt;
    }

    /// <summary>
    /// At the last tick somebody else was given what is late. The wait before it says how long the late one was waited for, not how long a step takes: counted
    /// in, it would make the next step wait several times as long, and so on without end.
    /// </summary>
    public void ForgetWait()
    {
        _typicalFrom = _seenStep;
        _typicalSince = _seenAt + Waited;
    }
}
