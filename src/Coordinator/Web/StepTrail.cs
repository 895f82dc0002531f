using Distributed.Coordinator.Metrics;
using Distributed.Numerics;

namespace Distributed.Coordinator.Web;

/// <summary>
/// The minibatches' loss and accuracy along a run of any length, as means over equally many step lines. When its places are taken, neighbours are
/// merged in pairs, so that it never holds more.
/// </summary>
public sealed class StepTrail
{
    /// <summary>Places.</summary>
    public const int Capacity = 120;

    private const int FirstWidth = 4;

    private readonly List<TrailPoint> _points = [];
    private int _width = FirstWidth;
    private TrailPoint _open;
    private int _inOpen;

    /// <summary>The complete means, in order.</summary>
    public IReadOnlyList<TrailPoint> Points => _points;

    /// <summary>Step lines per mean.</summary>
    public int Width => _width;

    /// <summary>The trail of these lines.</summary>
    public static StepTrail Of(IEnumerable<StepMetrics> lines)
    {
        var trail = new StepTrail();
        foreach (StepMetrics line in lines)
        {
            trail.Add(line);
        }

        return trail;
    }

    /// <summary>Adds the next step line.</summary>
    public void Add(StepMetrics line)
    {
        _open = new TrailPoint(_open.Step + line.Step, _open.Loss + line.TrainLoss, _open.Accuracy + line.TrainAccuracy);
        _inOpen++;
        if (_inOpen < _width)
        {
            return;
        }

        _points.Add(new TrailPoint(_open.Step / _inOpen, _open.Loss / _inOpen, _open.Accuracy / _inOpen));
        (_open, _inOpen) = (default, 0);
        if (_points.Count == Capacity)
        {
            Merge();
        }
    }

    private void Merge()
    {
        Check.That(_points.Count % 2 == 0);
        for (int i = 0; i < _points.Count / 2; i++)
        {
            (TrailPoint a, TrailPoint b) = (_points[2 * i], _points[(2 * i) + 1]);
            _points[i] = new TrailPoint((a.Step + b.Step) / 2, (a.Loss + b.Loss) / 2, (a.Accuracy + b.Accuracy) / 2);
        }

        _points.RemoveRange(_points.Count / 2, _points.Count / 2);
        _width *= 2;
    }
}

/// <summary>Means over neighbouring step lines.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Loss">Per sample.</param>
/// <param name="Accuracy">Share of the samples.</param>
public readonly record struct TrailPoint(double Step, double Loss, double Accuracy);
