using System.Runtime.InteropServices;
using Distributed.Numerics;

namespace Distributed.Protocol.SharedMemory;

/// <summary>
/// Where things lie in the file between the coordinator and one life of a worker. What is written by different sides never shares a cache line.
/// <code>
/// offset 0    int32       rings of the worker's bell
///        64   int32       sleepers at it
///       128   int32       assignments written, by the coordinator
///       192   int32       assignments taken, by the worker
///       256   int32       1 when the worker is to leave this channel
///      4096   4 × int32   assignments: step, version, first microbatch, microbatches; a ring of 256
///      8192   64 bytes    a header per slot
///     12288   float32     gradients, one per slot
/// </code>
/// </summary>
internal static class ChannelLayout
{
    internal const int Rings = 0;
    internal const int Sleepers = 64;
    internal const int Written = 128;
    internal const int Taken = 192;
    internal const int Closed = 256;
    internal const int Assignments = 4096;
    internal const int AssignmentsMax = 256;
    internal const int Headers = 8192;
    internal const int Gradients = 12288;

    /// <summary>
    /// Partials of one worker that may lie in shared memory at a time. The coordinator keeps at most all but one of them, so that there is
    /// always one to write to.
    /// </summary>
    internal const int Slots = 4;

    static unsafe ChannelLayout()
    {
        Check.That(Assignments + (AssignmentsMax * 4 * sizeof(int)) <= Headers);
        Check.That(sizeof(SlotHeader) == 64);
        Check.That(Headers + (Slots * sizeof(SlotHeader)) <= Gradients);
    }

    /// <summary>Bytes of the whole file's content.</summary>
    internal static long Bytes(int parameters) => Gradient(Slots, parameters);

    /// <summary>Where the gradient of <paramref name="slot"/> begins.</summary>
    internal static long Gradient(int slot, int parameters) => Gradients + (slot * ((((long)parameters * sizeof(float)) + 4095) & ~4095L));
}

/// <summary>Whose turn a slot is.</summary>
internal static class SlotState
{
    /// <summary>The worker may write.</summary>
    internal const int Free = 0;

    /// <summary>The coordinator may read.</summary>
    internal const int Full = 1;

    /// <summary>The coordinator has seen it and not yet given it back.</summary>
    internal const int Held = 2;
}

/// <summary>What a slot's gradient is.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct SlotHeader
{
    internal int State;
    internal int Step;
    internal int First;
    internal int Count;
    internal int Correct;
    internal int Samples;
    internal double LossSum;
}
