namespace Distributed.Numerics.Random;

/// <summary>64-bit lanes of one SIMD width, each holding a 32-bit word in its low half; the high half is free to hold anything.</summary>
/// <typeparam name="W"><see cref="Width"/> lanes.</typeparam>
internal unsafe interface IWideLanes<W>
    where W : struct
{
    /// <summary>Lanes: 1, 2, 4 or 8.</summary>
    static abstract int Width { get; }

    static abstract W Broadcast(uint value);

    /// <summary>first, first + 1, … modulo 2³².</summary>
    static abstract W Sequence(uint first);

    /// <summary>The 64-bit product of the low halves.</summary>
    static abstract W Multiply(W a, W b);

    static abstract W Xor(W a, W b);

    /// <summary>The high halves, moved to the low ones.</summary>
    static abstract W High(W a);

    /// <summary>Writes the low halves next to each other.</summary>
    static abstract void StoreLow(uint* destination, W value);
}
