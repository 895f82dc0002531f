namespace Distributed.Numerics.Optimizers;

/// <summary>A power with a whole exponent, by repeated squaring in double.</summary>
internal static class WholePower
{
    /// <summary><paramref name="x"/> to the power of <paramref name="exponent"/>, which is at least 0.</summary>
    public static double Of(double x, int exponent)
    {
        Check.That(exponent >= 0);
        double power = 1.0;
        for (double square = x; exponent > 0; exponent >>= 1, square *= square)
        {
            if ((exponent & 1) != 0)
            {
                power *= square;
            }
        }

        return power;
    }
}
