namespace Distributed.Numerics.Kernels;

/// <summary>Features as raw bytes, row-major: a quarter of the memory of floats, scaled only in a register.</summary>
/// <param name="values">Whole rows, the last one too; what lies behind a row's last feature is read and has no effect.</param>
/// <param name="ld">Bytes between two rows, a multiple of <see cref="LdUnit"/>.</param>
/// <param name="scale">What a byte stands for.</param>
/// <param name="ahead">Where the rows that are wanted next lie; they are asked for on the way. May be empty.</param>
internal readonly ref struct ByteMatrix(ReadOnlySpan<byte> values, int ld, ByteScale scale, ReadOnlySpan<nint> ahead = default)
{
    /// <summary>Kernels read rows in pieces of up to this many bytes.</summary>
    public const int LdUnit = 64;

    public ReadOnlySpan<byte> Values { get; } = values;

    public int Ld { get; } = ld;

    public ByteScale Scale { get; } = scale;

    public ReadOnlySpan<nint> Ahead { get; } = ahead;

    /// <summary>Bytes between two rows of <paramref name="columns"/>.</summary>
    public static int LdFor(int columns) => (columns + LdUnit - 1) / LdUnit * LdUnit;

    /// <summary>Asserts that there are <paramref name="rows"/> rows of <paramref name="columns"/>.</summary>
    public void CheckCovers(int rows, int columns)
    {
        Check.That(Ld % LdUnit == 0);
        Check.That(Ld >= columns);
        Check.That(Values.Length >= (long)rows * Ld);
    }
}
