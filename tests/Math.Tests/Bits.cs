namespace Distributed.Numerics.Tests;

/// <summary>
/// Comparison bit by bit. A NaN equals a NaN: which payload comes out of an operation on two NaNs is the processor's choice.
/// </summary>
internal static class Bits
{
    public static void AssertEqual(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (!Same(expected[i], actual[i]))
            {
                Assert.Fail($"[{i}] of {expected.Length}: expected {Show(expected[i])}, got {Show(actual[i])}");
            }
        }
    }

    public static void AssertEqual(double expected, double actual) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(actual));

    public static bool Same(float a, float b) =>
        BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b) || (float.IsNaN(a) && float.IsNaN(b));

    private static string Show(float value) => $"{value:R} (0x{BitConverter.SingleToInt32Bits(value):x8})";
}
