using System.Runtime.Versioning;
using Distributed.Numerics;
using Distributed.Numerics.Reduction;

namespace Distributed.Protocol.SharedMemory;

/// <summary>
/// The worker's side of a channel: assignments come out, partials are written into its slots. Any number of threads may write partials; one takes assignments.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed unsafe class WorkerChannel : IPartialOwner, IDisposable
{
    private const int WaitMilliseconds = 200;

    private readonly SharedFile _file;
    private readonly Doorbell _coordinator;
    private readonly Doorbell _own;
    private readonly Lock _lock = new();
    private readonly Partial[] _partials = new Partial[ChannelLayout.Slots];
    private readonly bool[] _rented = new bool[ChannelLayout.Slots];
    private bool _stopped;
    private int _stopAt;
    private bool _abandoned;

    /// <summary>Maps the file at <paramref name="path"/>.</summary>
    /// <param name="path">As the coordinator offered it.</param>
    /// <param name="parameters">Floats in a gradient.</param>
    /// <param name="key">Stands in the file.</param>
    /// <param name="coordinator">The bell that the coordinator waits at.</param>
    /// <exception cref="IOException">It cannot be mapped, or is another file.</exception>
    public WorkerChannel(string path, int parameters, ulong key, Doorbell coordinator)
    {
        _file = SharedFile.Open(path, ChannelLayout.Bytes(parameters), key);
        _coordinator = coordinator;
        _own = new Doorbell(Word(ChannelLayout.Rings), Word(ChannelLayout.Sleepers));
        for (int slot = 0; slot < _partials.Length; slot++)
        {
            _partials[slot] = new Partial(this, _file.Slice<float>(ChannelLayout.Gradient(slot, parameters), parameters));
        }
    }

    private bool IsClosed => Volatile.Read(ref _abandoned) || Volatile.Read(ref *Word(ChannelLayout.Closed)) != 0;

    /// <summary>The next assignment; waits for it. Null once the channel is closed, or all that came before <see cref="Stop"/> was taken.</summary>
    public Assignment? Take()
    {
        while (true)
        {
            int seen = _own.Rings;
            int taken = *Word(ChannelLayout.Taken);
            if (IsClosed || (Volatile.Read(ref _stopped) && taken == _stopAt))
            {
                return null;
            }

            if (Volatile.Read(ref *Word(ChannelLayout.Written)) != taken)
            {
                int* entry = (int*)_file.At(ChannelLayout.Assignments + ((taken & (ChannelLayout.AssignmentsMax - 1)) * 4L * sizeof(int)), 4 * sizeof(int));
                var assignment = new Assignment(new StepNumber(entry[0]), new WeightsVersion(entry[1]), new MicrobatchRange(entry[2], entry[3]));
                Volatile.Write(ref *Word(ChannelLayout.Taken), taken + 1);
                return assignment;
            }

            _own.Wait(seen, WaitMilliseconds);
        }
    }

    /// <summary>A partial whose gradient lies in a free slot; waits for one. Null when the channel is closed.</summary>
    public Partial? Rent()
    {
        while (!IsClosed)
        {
            int seen = _own.Rings;
            if (TryRent() is { } partial)
            {
                return partial;
            }

            _own.Wait(seen, WaitMilliseconds);
        }

        return null;
    }

    /// <summary>Hands <paramref name="partial"/>, which was rented here, to the coordinator.</summary>
    public void Deliver(Partial partial)
    {
        int slot = Array.IndexOf(_partials, partial);
        SlotHeader* header = Header(slot);
        header->Step = partial.Step.Value;
        header->First = partial.Node.First;
        header->Count = partial.Node.Count;
        header->Correct = partial.Statistics.Correct;
        header->Samples = partial.Statistics.Samples;
        header->LossSum = partial.Statistics.LossSum;
        Volatile.Write(ref header->State, SlotState.Full);
        lock (_lock)
        {
            _rented[slot] = false;
        }

        _coordinator.Ring();
    }

    /// <summary>A partial that was rented and is not delivered.</summary>
    void IPartialOwner.Return(Partial partial)
    {
        lock (_lock)
        {
            _rented[Array.IndexOf(_partials, partial)] = false;
        }
    }

    /// <summary>Assignments that come from now on are not taken: others will have them.</summary>
    public void Stop()
    {
        _stopAt = Volatile.Read(ref *Word(ChannelLayout.Written));
        Volatile.Write(ref _stopped, true);
        _own.Ring();
    }

    /// <summary>The coordinator is gone: everybody who waits here stops waiting.</summary>
    public void Abandon()
    {
        Volatile.Write(ref _abandoned, true);
        _own.Ring();
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private Partial? TryRent()
    {
        lock (_lock)
        {
            for (int slot = 0; slot < _partials.Length; slot++)
            {
                if (!_rented[slot] && Volatile.Read(ref Header(slot)->State) == SlotState.Free)
                {
                    _rented[slot] = true;
                    return _partials[slot];
                }
            }
        }

        return null;
    }

    private int* Word(int offset) => (int*)_file.At(offset, sizeof(int));

    private SlotHeader* Header(int slot)
    {
        Check.That(slot >= 0);
        return (SlotHeader*)_file.At(ChannelLayout.Headers + ((long)slot * sizeof(SlotHeader)), sizeof(SlotHeader));
    }
}
