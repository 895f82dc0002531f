namespace Distributed.Numerics.Kernels;

/// <summary>What must hold of a product's operands before a pointer is taken.</summary>
internal static class GemmCheck
{
    /// <summary>The span holds rows×columns with <paramref name="ld"/> floats between rows.</summary>
    public static void Matrix(ReadOnlySpan<float> matrix, int rows, int columns, int ld)
    {
        Check.That(rows >= 0);
        Check.That(columns >= 0);
        Check.That(ld >= columns);
        Check.That(rows == 0 || columns == 0 || matrix.Length >= ((long)(rows - 1) * ld) + columns);
    }

    /// <summary>Places ascend, all are below <paramref name="rows"/>, and there is one.</summary>
    public static void Places(ReadOnlySpan<int> places, int rows)
    {
        Check.That(places.Length >= 1);
        int before = -1;
        foreach (int place in places)
        {
            Check.That(place > before);
            before = place;
        }

        Check.That(before < rows);
    }

    /// <summary>Leaves end in order, and there is one.</summary>
    public static void Ends(ReadOnlySpan<int> ends)
    {
        Check.That(ends.Length >= 1);
        int begin = 0;
        foreach (int end in ends)
        {
            Check.That(end >= begin);
            begin = end;
        }
    }
}
