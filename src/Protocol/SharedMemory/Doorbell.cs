using System.Runtime.Versioning;

namespace Distributed.Protocol.SharedMemory;

/// <summary>
/// Two words of shared memory: how often it was rung, and how many sleep. Ringing costs no system call while nobody sleeps.
/// A ring between a look at <see cref="Rings"/> and <see cref="Wait"/> is not missed.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed unsafe class Doorbell
{
    private const int Rounds = 20;

    private readonly int* _rings;
    private readonly int* _sleepers;

    internal Doorbell(int* rings, int* sleepers)
    {
        _rings = rings;
        _sleepers = sleepers;
    }

    /// <summary>How often it was rung; look at it before looking for work.</summary>
    public int Rings => Volatile.Read(ref *_rings);

    /// <summary>There is work. What was written before is visible to whoever is woken.</summary>
    public void Ring()
    {
        Interlocked.Increment(ref *_rings);
        if (Volatile.Read(ref *_sleepers) != 0)
        {
            Futex.Wake(_rings);
        }
    }

    /// <summary>Returns once it was rung more often than <paramref name="seen"/>, or after about <paramref name="milliseconds"/>.</summary>
    public void Wait(int seen, int milliseconds)
    {
        for (int i = 0; i < Rounds; i++)
        {
            if (Rings != seen)
            {
                return;
            }

            // Gives the core away where somebody can use it: with no core to spare, spinning would hold up the very one that is waited for.
            Thread.Yield();
        }

        Interlocked.Increment(ref *_sleepers);
        if (Rings == seen)
        {
            Futex.Wait(_rings, seen, milliseconds);
        }

        Interlocked.Decrement(ref *_sleepers);
    }
}
