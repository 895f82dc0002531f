using Distributed.Simulation.Engine;

namespace Distributed.Simulation.Scale;

/// <summary>
/// One machine of the tree: the coordinator at its root, aggregators between, workers as leaves. Weights go down and partials come up piece by piece;
/// a piece goes on upwards once it is added from every child.
/// </summary>
internal sealed class Machine
{
    private readonly ScaleRun _run;
    private readonly Machine? _parent;
    private readonly Resource _out;
    private readonly Resource _in;
    private readonly Resource _adder;
    private readonly List<Machine> _children = [];
    private readonly int[] _added;
    private int _weightsHere;
    private int _piecesDone;

    internal Machine(ScaleRun run, Machine? parent, double gigabits)
    {
        _run = run;
        _parent = parent;
        parent?._children.Add(this);
        _out = new Resource(gigabits * 1e9 / 8);
        _in = new Resource(gigabits * 1e9 / 8);
        _adder = new Resource(run.Options.ReductionGigabytes * 1e9);
        _added = new int[run.Pieces];
    }

    private EventLoop Loop => _run.Loop;

    /// <summary>One piece of the weights is here: on to every child.</summary>
    internal void TakeWeights()
    {
        _weightsHere++;
        foreach (Machine child in _children)
        {
            Send(this, child, child.TakeWeights);
        }

        if (_children.Count == 0 && _weightsHere == _run.Pieces)
        {
            Loop.After(_run.ComputeTime, Answer);
        }
    }

    private void Answer()
    {
        for (int piece = 0; piece < _run.Pieces; piece++)
        {
            SendUp(piece);
        }
    }

    private void SendUp(int piece) => Send(this, _parent!, () => _parent!.Add(piece));

    private void Add(int piece) => Loop.At(_adder.Occupy(Loop.Now, _run.PieceBytes), () => Added(piece));

    private void Added(int piece)
    {
        if (++_added[piece] < _children.Count)
        {
            return;
        }

        if (_parent is not null)
        {
            SendUp(piece);
        }
        else if (++_piecesDone == _run.Pieces)
        {
            _run.Finish(_adder);
        }
    }

    /// <summary>Occupies the sender's way out and, when the bytes are there, the receiver's way in.</summary>
    private void Send(Machine from, Machine to, Action arrived)
    {
        TimeSpan gone = from._out.Occupy(Loop.Now, _run.PieceBytes) + _run.Latency;
        Loop.At(gone, () =>
        {
            // The last byte is through the slower of both ends; an idle receiver took the bytes as they came.
            TimeSpan taken = to._in.Occupy(Loop.Now - _run.Overlap(from, to), _run.PieceBytes);
            Loop.At(taken > Loop.Now ? taken : Loop.Now, arrived);
        });
    }

    internal double SecondsFor(double bytes) => _in.SecondsFor(bytes);
}
