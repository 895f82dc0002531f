namespace Distributed.Numerics.Kernels;

/// <content>Moves between rows and lanes, and from bytes to lanes.</content>
internal unsafe partial interface ISimd<V>
{
    /// <summary>
    /// The first <paramref name="count"/> lanes from memory, +0 in the others; nothing beyond them is read. 0 ≤ count ≤ Width.
    /// </summary>
    static abstract V LoadFirst(float* source, int count);

    /// <summary>Writes the first <paramref name="count"/> lanes, nothing beyond them. 0 ≤ count ≤ Width.</summary>
    static abstract void StoreFirst(float* destination, V value, int count);

    /// <summary>
    /// Transposes rows × columns floats, each at most Width: row r, column c of the source becomes row c, lane r of the destination.
    /// Whole registers are written, +0 in the lanes without a source row; the destination's rows are written in ascending order.
    /// </summary>
    static abstract void Transpose(float* source, nint sourceRow, int rows, int columns, float* destination, nint destinationRow);

    /// <summary><see cref="Width"/> bytes as floats, exactly.</summary>
    static abstract V LoadBytes(byte* source);

    /// <summary>The bytes of a register, each lane's four taken apart: byte i of lane l moves to place i·Width + l.</summary>
    static abstract V BytesByPlace(V a);
}
