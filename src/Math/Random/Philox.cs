namespace Distributed.Numerics.Random;

/// <summary>128 bits of counter or of output, as four words.</summary>
public readonly record struct PhiloxBlock(uint W0, uint W1, uint W2, uint W3);

/// <summary>
/// Philox4x32-10: a counter-based generator. The output is a keyed bijection of the counter, so any number of a stream can be computed by
/// anyone, in any order.
/// Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3" (SC 2011), section 3 and its known answers.
/// </summary>
public static class Philox
{
    internal const uint Multiplier0 = 0xD2511F53;
    internal const uint Multiplier1 = 0xCD9E8D57;
    internal const uint Weyl0 = 0x9E3779B9;
    internal const uint Weyl1 = 0xBB67AE85;
    internal const int Rounds = 10;

    /// <summary>
    /// The block at <paramref name="counter"/> of the stream with <paramref name="key"/>, whose low word is the first key word.
    /// </summary>
    public static PhiloxBlock Block(PhiloxBlock counter, ulong key)
    {
        (uint c0, uint c1, uint c2, uint c3) = (counter.W0, counter.W1, counter.W2, counter.W3);
        uint k0 = (uint)key;
        uint k1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong p0 = (ulong)Multiplier0 * c0;
            ulong p1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return new PhiloxBlock(c0, c1, c2, c3);
    }
}
