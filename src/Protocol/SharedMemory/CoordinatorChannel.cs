using System.Runtime.Versioning;
using Distributed.Numerics;
using Distributed.Numerics.Models;
using Distributed.Numerics.Reduction;

namespace Distributed.Protocol.SharedMemory;

/// <summary>
/// The coordinator's side of a channel to one life of a worker. A life gets a file of its own, so that a worker that was given up and wakes up
/// later writes where nobody reads.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed unsafe class CoordinatorChannel : IPartialOwner
{
    private readonly SharedFile _file;
    private readonly Doorbell _worker;
    private readonly Partial[] _partials = new Partial[ChannelLayout.Slots];
    private readonly PartialPool _copies;
    private readonly Lock _lock = new();
    private int _held;
    private bool _closed;

    /// <summary>Makes the file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="parameters">Floats in a gradient.</param>
    /// <param name="key">Stands in the file.</param>
    /// <param name="copies">Where a partial is copied to when too many slots wait for their siblings.</param>
    public CoordinatorChannel(string path, int parameters, ulong key, PartialPool copies)
    {
        _copies = copies;
        _file = SharedFile.Create(path, ChannelLayout.Bytes(parameters), key);
        _worker = new Doorbell(Word(ChannelLayout.Rings), Word(ChannelLayout.Sleepers));
        for (int slot = 0; slot < _partials.Length; slot++)
        {
            _partials[slot] = new Partial(this, _file.Slice<float>(ChannelLayout.Gradient(slot, parameters), parameters));
        }
    }

    /// <summary>Where the file is.</summary>
    public string Path => _file.Path;

    /// <summary>
    /// Hands <paramref name="assignment"/> to the worker. False when it has left so many unanswered that there is no room.
    /// </summary>
    public bool TryAssign(Assignment assignment)
    {
        lock (_lock)
        {
            return _closed || TryWrite(assignment);
        }
    }

    /// <summary>
    /// The next partial that the worker has written, or null. The caller checks what it says of itself before it is used.
    /// </summary>
    public Partial? TryCollect(WorkerId worker, Incarnation incarnation)
    {
        lock (_lock)
        {
            return _closed ? null : CollectFull(worker, incarnation);
        }
    }

    /// <summary>Tells the worker to leave, and removes the file; partials that are still held stay readable until they are returned.</summary>
    public void Close()
    {
        lock (_lock)
        {
            if (!_closed)
            {
                _closed = true;
                Volatile.Write(ref *Word(ChannelLayout.Closed), 1);
                _worker.Ring();
                _file.Dispose();
            }
        }
    }

    private bool TryWrite(Assignment assignment)
    {
        int written = *Word(ChannelLayout.Written);
        if (written - Volatile.Read(ref *Word(ChannelLayout.Taken)) >= ChannelLayout.AssignmentsMax)
        {
            return false;
        }

        int* entry = (int*)_file.At(ChannelLayout.Assignments + ((written & (ChannelLayout.AssignmentsMax - 1)) * 4L * sizeof(int)), 4 * sizeof(int));
        entry[0] = assignment.Step.Value;
        entry[1] = assignment.Version.Value;
        entry[2] = assignment.Microbatches.First;
        entry[3] = assignment.Microbatches.Count;
        Volatile.Write(ref *Word(ChannelLayout.Written), written + 1);
        _worker.Ring();
        return true;
    }

    private Partial? CollectFull(WorkerId worker, Incarnation incarnation)
    {
        for (int slot = 0; slot < ChannelLayout.Slots; slot++)
        {
            SlotHeader* header = Header(slot);
            if (Volatile.Read(ref header->State) == SlotState.Full)
            {
                header->State = SlotState.Held;
                Interlocked.Increment(ref _held);
                _file.Retain();
                return Collect(slot, *header, worker, incarnation);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    void IPartialOwner.Return(Partial partial)
    {
        int slot = Array.IndexOf(_partials, partial);
        Check.That(slot >= 0);
        int held = Interlocked.Decrement(ref _held);
        Volatile.Write(ref Header(slot)->State, SlotState.Free);
        if (held == ChannelLayout.Slots - 1)
        {
            // Every slot was taken: the worker may be waiting for this one.
            _worker.Ring();
        }

        _file.Release();
    }

    private Partial Collect(int slot, SlotHeader header, WorkerId worker, Incarnation incarnation)
    {
        Partial partial = _partials[slot];
        Address(partial, header, worker, incarnation);
        if (Volatile.Read(ref _held) < ChannelLayout.Slots)
        {
            return partial;
        }

        Partial copy = _copies.Rent();
        Address(copy, header, worker, incarnation);
        partial.Gradient.CopyTo(copy.Gradient);
        partial.Return();
        return copy;
    }

    private static void Address(Partial partial, SlotHeader header, WorkerId worker, Incarnation incarnation)
    {
        partial.Address(worker, incarnation, new StepNumber(header.Step), new MicrobatchRange(header.First, header.Count));
        partial.Statistics = new PartialStatistics(header.LossSum, header.Correct, header.Samples);
    }

    private int* Word(int offset) => (int*)_file.At(offset, sizeof(int));

    private SlotHeader* Header(int slot) =>
        (SlotHeader*)_file.At(ChannelLayout.Headers + ((long)slot * sizeof(SlotHeader)), sizeof(SlotHeader));
}
