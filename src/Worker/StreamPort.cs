using System.Collections.Concurrent;
using System.Threading.Channels;
using Distributed.Numerics;
using Distributed.Protocol;

namespace Distributed.Worker;

/// <summary>Work through the training stream: assignments are put in by the link's reader, partials are taken out by its writer.</summary>
internal sealed class StreamPort(int parameters) : IWorkPort
{
    private readonly PartialPool _pool = new(parameters);
    private readonly BlockingCollection<Assignment> _assignments = [];
    private readonly Channel<Partial> _partials = Channel.CreateUnbounded<Partial>(new UnboundedChannelOptions { SingleReader = true });

    private volatile bool _isAbandoned;

    /// <inheritdoc/>
    public WeightsBuffer Weights { get; } = new(AlignedFloats.Allocate(parameters));

    /// <summary>What is to be sent; whoever takes one returns it.</summary>
    internal ChannelReader<Partial> Partials => _partials.Reader;

    /// <summary>Adds an assignment, unless the port was stopped.</summary>
    internal void Add(Assignment assignment)
    {
        try
        {
            _assignments.Add(assignment);
        }
        catch (InvalidOperationException)
        {
            // Stopped meanwhile: others will have it.
        }
    }

    /// <summary>Nothing more will be delivered.</summary>
    internal void Complete() => _partials.Writer.TryComplete();

    /// <inheritdoc/>
    public Assignment? Take() => _assignments.TryTake(out Assignment assignment, Timeout.Infinite) && !_isAbandoned ? assignment : null;

    /// <inheritdoc/>
    public Partial? Rent() => _pool.Rent();

    /// <inheritdoc/>
    public void Deliver(Partial partial)
    {
        if (!_partials.Writer.TryWrite(partial))
        {
            partial.Return();
        }
    }

    /// <inheritdoc/>
    public void Stop() => _assignments.CompleteAdding();

    /// <inheritdoc/>
    public void Abandon()
    {
        _isAbandoned = true;
        _assignments.CompleteAdding();
    }

    /// <inheritdoc/>
    public void Dispose() => _assignments.Dispose();
}
