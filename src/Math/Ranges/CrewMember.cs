namespace Distributed.Numerics.Ranges;

/// <summary>A thread's place in a crew, for a thread that has nothing to do until the crew's next pass is over.</summary>
/// <param name="crew">The crew.</param>
/// <param name="number">Which share is done first, from 1.</param>
public sealed class CrewMember(RangeCrew crew, int number)
{
    private int _round;

    /// <summary>Call before the next pass can begin, and <see cref="Help"/> when there is nothing else to do.</summary>
    public void Begin() => _round = crew.Round;

    /// <summary>Lends the calling thread until the pass is over, or none begins for a while.</summary>
    public void Help() => crew.Help(number, _round);
}
