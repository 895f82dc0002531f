namespace Distributed.Numerics.Optimizers;

/// <summary>
/// (1 + cos πp) / 2 for p in [0, 1]: 1 at 0, ½ at ½, 0 at 1. Written as (1 + sin x) / 2 with x = π(½ - p) in [-π/2, π/2], where sine's power
/// series up to x²¹ is within 2e-18 of the truth.
/// </summary>
internal static class HalfCosine
{
    /// <summary>The series' coefficients (-1)ᵏ/(2k+1)!, the highest first. Factorials up to 21! and their reciprocals round once.</summary>
    private static readonly double[] Coefficients =
    [
        1.0 / 51090942171709440000.0, -1.0 / 121645100408832000.0, 1.0 / 355687428096000.0, -1.0 / 1307674368000.0, 1.0 / 6227020800.0,
        -1.0 / 39916800.0, 1.0 / 362880.0, -1.0 / 5040.0, 1.0 / 120.0, -1.0 / 6.0,
    ];

    /// <summary>The value at <paramref name="progress"/>.</summary>
    public static double Of(double progress)
    {
        Check.That(progress is >= 0.0 and <= 1.0);
        double x = System.Math.PI * (0.5 - progress);
        double square = x * x;
        double series = 0.0;
        foreach (double coefficient in Coefficients)
        {
            series = System.Math.FusedMultiplyAdd(series, square, coefficient);
        }

        double sine = System.Math.FusedMultiplyAdd(series * square, x, x);
        return System.Math.Clamp(0.5 + (0.5 * sine), 0.0, 1.0);
    }
}
