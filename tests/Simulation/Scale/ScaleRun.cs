using Distributed.Simulation.Engine;

namespace Distributed.Simulation.Scale;

/// <summary>One step of an imagined cluster, on the event loop: how long it takes.</summary>
internal sealed class ScaleRun
{
    private readonly Machine _root;
    private readonly double _bytes;
    private TimeSpan? _end;

    /// <param name="options">The cost model.</param>
    /// <param name="parameters">Of the network.</param>
    /// <param name="workers">That share the minibatch.</param>
    /// <param name="fanIn">Children of an aggregator; null for the star, in which every worker's whole partial goes to the coordinator.</param>
    internal ScaleRun(ScaleOptions options, double parameters, int workers, int? fanIn)
    {
        Options = options;
        _bytes = 4 * parameters;
        Pieces = fanIn is null ? 1 : options.Chunks;
        ComputeTime = TimeSpan.FromSeconds(options.ComputeSeconds(parameters, workers));
        Latency = TimeSpan.FromSeconds(options.LatencyMicroseconds * 1e-6);
        _root = new Machine(this, null, options.CoordinatorGigabits);
        AddBelow(_root, workers, fanIn ?? workers);
    }

    internal ScaleOptions Options { get; }

    internal EventLoop Loop { get; } = new();

    internal int Pieces { get; }

    internal double PieceBytes => _bytes / Pieces;

    internal TimeSpan ComputeTime { get; }

    internal TimeSpan Latency { get; }

    /// <summary>Seconds from the broadcast of the weights to their next version.</summary>
    internal double StepSeconds()
    {
        for (int piece = 0; piece < Pieces; piece++)
        {
            _root.TakeWeights();
        }

        while (_end is null && Loop.Step())
        {
            // Until every partial is added and the weights are updated.
        }

        return _end!.Value.TotalSeconds;
    }

    /// <summary>Everything is added: the update reads the sum and the weights and writes the weights.</summary>
    internal void Finish(Resource adder) => _end = adder.Occupy(Loop.Now, 3 * _bytes);

    /// <summary>How much of a piece's time at the receiver had passed when its last byte left the sender.</summary>
    internal TimeSpan Overlap(Machine from, Machine to) => TimeSpan.FromSeconds(Math.Min(from.SecondsFor(PieceBytes), to.SecondsFor(PieceBytes)));

    private void AddBelow(Machine parent, int workers, int fanIn)
    {
        if (workers <= fanIn)
        {
            for (int i = 0; i < workers; i++)
            {
                _ = new Machine(this, parent, Options.WorkerGigabits);
            }

            return;
        }

        int share = fanIn;
        while ((long)share * fanIn < workers)
        {
            share *= fanIn;
        }

        for (int first = 0; first < workers; first += share)
        {
            AddBelow(new Machine(this, parent, Options.CoordinatorGigabits), Math.Min(share, workers - first), fanIn);
        }
    }
}
