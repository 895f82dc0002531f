namespace Distributed.Numerics.Kernels;

/// <summary>
/// One instruction set as a type parameter: a kernel written over <c>S : struct, ISimd&lt;V&gt;</c> is compiled once per width, every call
/// below becoming one instruction. Lanes are independent: nothing here sums across them, so a kernel's bits cannot depend on <see cref="Width"/>.
/// </summary>
/// <typeparam name="V">The register type: float, Vector128, Vector256 or Vector512 of float.</typeparam>
internal unsafe partial interface ISimd<V>
    where V : struct
{
    /// <summary>The instruction set that this type stands for.</summary>
    static abstract InstructionSet Set { get; }

    /// <summary>Floats in a register.</summary>
    static abstract int Width { get; }

    /// <summary>Registers that a kernel may count on: 16 or 32.</summary>
    static abstract int Registers { get; }

    /// <summary>+0 in every lane.</summary>
    static abstract V Zero { get; }

    /// <summary>Reads <see cref="Width"/> floats; no alignment needed.</summary>
    static abstract V Load(float* source);

    /// <summary>Asks for the cache line at this address; nothing where the processor offers no such hint to .NET.</summary>
    static abstract void Prefetch(float* address);

    /// <summary>Writes <see cref="Width"/> floats; no alignment needed.</summary>
    static abstract void Store(float* destination, V value);

    /// <summary><paramref name="value"/> in every lane.</summary>
    static abstract V Broadcast(float value);

    /// <summary>a + b, rounded once.</summary>
    static abstract V Add(V a, V b);

    /// <summary>a − b, rounded once.</summary>
    static abstract V Subtract(V a, V b);

    /// <summary>a · b, rounded once.</summary>
    static abstract V Multiply(V a, V b);

    /// <summary>a / b, rounded once.</summary>
    static abstract V Divide(V a, V b);

    /// <summary>√a, rounded once.</summary>
    static abstract V Sqrt(V a);

    /// <summary>a · b + c, rounded once.</summary>
    static abstract V FusedMultiplyAdd(V a, V b, V c);

    /// <summary>A mask: all bits set in the lanes where a &gt; b; none where not, or where one of them is NaN.</summary>
    static abstract V GreaterThan(V a, V b);

    /// <summary>A mask: all bits set in the lanes where a ≤ b; none where not, or where one of them is NaN.</summary>
    static abstract V LessThanOrEqual(V a, V b);

    /// <summary>
    /// The lanes of <paramref name="whenSet"/> where <paramref name="mask"/> is set, of <paramref name="whenClear"/> elsewhere; bits
    /// unchanged.
    /// </summary>
    static abstract V Select(V mask, V whenSet, V whenClear);
}
