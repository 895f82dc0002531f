namespace Distributed.Numerics.Kernels;

/// <content>Masks, and lanes taken as 32-bit integers: what the elementary functions and the random numbers are made of.</content>
internal unsafe partial interface ISimd<V>
{
    /// <summary>A mask: all bits set in the lanes where a = b; none where not, or where one of them is NaN.</summary>
    static abstract V EqualTo(V a, V b);

    /// <summary>True when a lane of the mask is not set.</summary>
    static abstract bool AnyClear(V mask);

    static abstract V And(V a, V b);

    static abstract V Or(V a, V b);

    /// <summary>Sum of the lanes taken as 32-bit integers.</summary>
    static abstract V AddBits(V a, V b);

    /// <summary>Difference of the lanes taken as 32-bit integers.</summary>
    static abstract V SubtractBits(V a, V b);

    static abstract V ShiftBitsLeft(V a, int count);

    /// <summary>Arithmetic shift of the lanes taken as signed 32-bit integers.</summary>
    static abstract V ShiftBitsRight(V a, int count);

    /// <summary>The lanes, taken as signed 32-bit integers of magnitude up to 2²⁴, as floats.</summary>
    static abstract V BitsToFloat(V a);
}
