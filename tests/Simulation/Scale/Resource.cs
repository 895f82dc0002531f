namespace Distributed.Simulation.Scale;

/// <summary>Something that does one thing at a time: a direction of a link, or a processor that adds.</summary>
internal sealed class Resource(double bytesPerSecond)
{
    private TimeSpan _freeAt;

    /// <summary>Seconds that <paramref name="bytes"/> take.</summary>
    internal double SecondsFor(double bytes) => bytes / bytesPerSecond;

    /// <summary>When <paramref name="bytes"/> are through, if they come at <paramref name="now"/>.</summary>
    internal TimeSpan Occupy(TimeSpan now, double bytes)
    {
        _freeAt = (now > _freeAt ? now : _freeAt) + TimeSpan.FromSeconds(bytes / bytesPerSecond);
        return _freeAt;
    }
}
