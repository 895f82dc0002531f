using Distributed.Numerics;

namespace Distributed.Coordinator.Exports;

/// <summary>Swaps the two dimensions of a matrix.</summary>
internal static class Transposition
{
    /// <param name="source">rows×columns, row-major.</param>
    /// <returns>columns×rows, row-major.</returns>
    public static float[] Of(ReadOnlySpan<float> source, int rows, int columns)
    {
        Check.That(source.Length == (long)rows * columns);
        float[] target = new float[source.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                target[(column * rows) + row] = source[(row * columns) + column];
            }
        }

        return target;
    }
}
