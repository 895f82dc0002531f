namespace Distributed.Bench.Benchmarks;

/// <summary>Numbers in [-1, 1), the same at every run.</summary>
internal static class MadeUpNumbers
{
    public static float[] Floats(int count, uint seed)
    {
        var values = new float[count];
        uint state = seed;
        for (int i = 0; i < count; i++)
        {
            state = (state * 1664525) + 1013904223;
            values[i] = ((state >> 8) - 8388608f) / 8388608f;
        }

        return values;
    }
}
