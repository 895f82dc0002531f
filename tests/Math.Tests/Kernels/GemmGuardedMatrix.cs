namespace Distributed.Numerics.Tests.Kernels;

/// <summary>
/// A row-major matrix between guard words, with gaps between its rows: a write outside the matrix is found, a read outside it poisons
/// the result.
/// </summary>
internal sealed class GemmGuardedMatrix
{
    private const int GuardFloats = 64;
    private static readonly float Guard = BitConverter.Int32BitsToSingle(0x7fc0_dead);
    private readonly float[] memory;
    private readonly int length;

    public GemmGuardedMatrix(int rows, int columns, int gap, Func<int, int, float> value)
    {
        Rows = rows;
        Columns = columns;
        Ld = columns + gap;
        length = rows == 0 || columns == 0 ? 0 : ((rows - 1) * Ld) + columns;
        memory = new float[length + (2 * GuardFloats)];
        Array.Fill(memory, Guard);
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                Span[(r * Ld) + c] = value(r, c);
            }
        }
    }

    public int Rows { get; }

    public int Columns { get; }

    public int Ld { get; }

    /// <summary>From the first element to the last, nothing after it.</summary>
    public Span<float> Span => memory.AsSpan(GuardFloats, length);

    /// <summary>Same bits in every element, NaN equal to NaN, and guards and gaps untouched.</summary>
    public void AssertEquals(GemmGuardedMatrix expected, string what)
    {
        for (int i = 0; i < memory.Length; i++)
        {
            int position = i - GuardFloats;
            bool inside = position >= 0 && position < length && position % Ld < Columns;
            bool same = inside ? SameValue(memory[i], expected.memory[i]) : SameBits(memory[i], Guard);
            if (!same)
            {
                string where = inside ? $"row {position / Ld}, column {position % Ld}" : $"guard at {position} of {length}";
                int bits = BitConverter.SingleToInt32Bits(memory[i]);
                Assert.Fail($"{what}: {where} is {memory[i]:R} (0x{bits:x8}), expected {expected.memory[i]:R}");
            }
        }
    }

    private static bool SameBits(float a, float b) => BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b);

    private static bool SameValue(float a, float b) => SameBits(a, b) || (float.IsNaN(a) && float.IsNaN(b));
}
