using Distributed.Numerics.Kernels;

namespace Distributed.Bench.Compare;

/// <summary>Bytes per second that one thread reads from memory, by looking through far more than any cache holds.</summary>
internal static class MemoryBandwidth
{
    private const int Floats = 64 * 1024 * 1024;
    private const int Passes = 7;

    public static double BytesPerSecond()
    {
        float[] values = new float[Floats];
        Array.Fill(values, 1f);
        double best = double.MaxValue;
        for (int pass = 0; pass < Passes; pass++)
        {
            double start = ThreadClock.Seconds();
            VectorOperations.FirstNonFinite(InstructionSets.Best, values);
            best = Math.Min(best, ThreadClock.Seconds() - start);
        }

        return (double)Floats * sizeof(float) / best;
    }
}
