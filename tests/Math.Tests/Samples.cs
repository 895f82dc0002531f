using Distributed.Numerics.Random;

namespace Distributed.Numerics.Tests;

/// <summary>Made-up numbers, the same in every run.</summary>
internal static class Samples
{
    /// <summary>NaN, infinities, zeros, the ends of the normal and subnormal ranges.</summary>
    public static readonly float[] Special =
    [
        float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, float.Epsilon, -float.Epsilon,
        1.17549435e-38f, -1.17549435e-38f, 1e-40f, float.MaxValue, float.MinValue, 1f, -1f, 88.7228f, 88.8f, -87.4f, -103.9f, -104.1f,
    ];

    public static float[] Uniform(int count, float low, float high, int stream = 0)
    {
        Prng random = Prng.ForAuxiliary(1, stream);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = low + ((high - low) * random.NextSingle());
        }

        return values;
    }
}
