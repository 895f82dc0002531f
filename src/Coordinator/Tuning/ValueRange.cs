using System.Globalization;
using Distributed.Coordinator.Recipes;
using Distributed.Numerics;
using Distributed.Numerics.Random;

namespace Distributed.Coordinator.Tuning;

/// <summary>Numbers from one to another, equal ratios equally likely: between 0.001 and 0.01 falls as much as between 0.01 and 0.1.</summary>
/// <param name="Low">Above 0.</param>
/// <param name="High">Above <paramref name="Low"/>.</param>
/// <param name="IsWhole">Only whole numbers are drawn.</param>
public sealed record ValueRange(double Low, double High, bool IsWhole)
{
    private const int ExponentBits = 32;

    /// <summary>A number with three significant digits, or a whole number; the same on every machine.</summary>
    public string Draw(Prng random)
    {
        double drawn = Low * Power(High / Low, random.NextUInt32());
        double rounded = IsWhole
            ? Math.Round(drawn, MidpointRounding.AwayFromZero)
            : double.Parse(drawn.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return SettingFormats.Number(Math.Clamp(rounded, Low, High));
    }

    /// <summary>
    /// ratio^(exponent / 2³²) by square roots and products alone, which IEEE rounds the same way everywhere; the platform's own power does not.
    /// </summary>
    private static double Power(double ratio, uint exponent)
    {
        Check.That(ratio > 1);
        double power = 1;
        double root = ratio;
        for (int bit = ExponentBits - 1; bit >= 0; bit--)
        {
            root = Math.Sqrt(root);
            power *= (exponent >> bit & 1) == 1 ? root : 1;
        }

        return power;
    }
}
