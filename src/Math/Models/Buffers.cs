namespace Distributed.Numerics.Models;

/// <summary>Scratch that grows and never shrinks.</summary>
internal static class Buffers
{
    /// <summary>Makes room for at least <paramref name="count"/> values; what was there is lost when it grows.</summary>
    public static void Reserve<T>(ref T[] buffer, int count)
    {
        if (buffer.Length < count)
        {
            buffer = new T[count];
        }
    }
}
