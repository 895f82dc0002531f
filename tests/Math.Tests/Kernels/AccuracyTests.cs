using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Tests.Kernels;

/// <summary>Our elementary functions against the platform's in double, over bit patterns spread evenly through all of float32.</summary>
public sealed class AccuracyTests
{
    /// <summary>Coprime to the powers of two, so that every mantissa pattern class is met.</summary>
    private const uint PatternStep = 1499;

    [Fact]
    public void ExpIsWithinItsBound() => AssertUlps(Exp.Of, System.Math.Exp, _ => true, ulpsMax: 0.95);

    [Fact]
    public void LogIsWithinItsBound() => AssertUlps(Log.Of, System.Math.Log, x => x > 0f, ulpsMax: 0.8);

    [Fact]
    public void TanhIsWithinItsBound() => AssertUlps(Tanh.Of, System.Math.Tanh, _ => true, ulpsMax: 1.3);

    [Fact]
    public void SigmoidIsWithinItsBound() => AssertUlps(Sigmoid.Of, TrueSigmoid, _ => true, ulpsMax: 2.2);

    [Fact]
    public void LimitsAreExact()
    {
        Assert.Equal(1f, Exp.Of(0f));
        Assert.Equal(float.PositiveInfinity, Exp.Of(float.PositiveInfinity));
        Assert.Equal(float.PositiveInfinity, Exp.Of(88.8f));
        Assert.True(float.IsFinite(Exp.Of(88.7228f)));
        Assert.Equal(0, BitConverter.SingleToInt32Bits(Exp.Of(float.NegativeInfinity)));
        Assert.Equal(float.Epsilon, Exp.Of(-103.5f));
        Assert.True(float.IsNaN(Exp.Of(float.NaN)));

        Assert.Equal(0, BitConverter.SingleToInt32Bits(Log.Of(1f)));
        Assert.Equal(float.NegativeInfinity, Log.Of(0f));
        Assert.Equal(float.NegativeInfinity, Log.Of(-0f));
        Assert.Equal(float.PositiveInfinity, Log.Of(float.PositiveInfinity));
        Assert.True(float.IsNaN(Log.Of(-1f)));
        Assert.True(float.IsNaN(Log.Of(-float.Epsilon)));
        Assert.True(float.IsNaN(Log.Of(float.NaN)));

        Assert.Equal(1f, Tanh.Of(float.PositiveInfinity));
        Assert.Equal(-1f, Tanh.Of(float.NegativeInfinity));
        Assert.Equal(int.MinValue, BitConverter.SingleToInt32Bits(Tanh.Of(-0f)));
        Assert.True(float.IsNaN(Tanh.Of(float.NaN)));

        Assert.Equal(0.5f, Sigmoid.Of(0f));
        Assert.Equal(1f, Sigmoid.Of(float.PositiveInfinity));
        Assert.Equal(0f, Sigmoid.Of(float.NegativeInfinity));
        Assert.True(float.IsNaN(Sigmoid.Of(float.NaN)));
    }

    private static double TrueSigmoid(double x) => x < 0 ? System.Math.Exp(x) / (1 + System.Math.Exp(x)) : 1 / (1 + System.Math.Exp(-x));

    private static void AssertUlps(Func<float, float> ours, Func<double, double> truth, Func<float, bool> inDomain, double ulpsMax)
    {
        double worst = 0;
        float worstAt = 0;
        for (ulong pattern = 0; pattern <= uint.MaxValue; pattern += PatternStep)
        {
            float x = BitConverter.UInt32BitsToSingle((uint)pattern);
            if (!float.IsFinite(x) || !inDomain(x))
            {
                continue;
            }

            double error = Ulps(ours(x), truth(x));
            if (error > worst)
            {
                (worst, worstAt) = (error, x);
            }
        }

        Assert.True(worst <= ulpsMax, $"{worst:F3} ulp at {worstAt:R}: {ours(worstAt):R} instead of {truth(worstAt):R}");
    }

    /// <summary>Distance in units of the last place of the true value rounded to float; 0 where both overflow.</summary>
    private static double Ulps(float got, double truth)
    {
        float rounded = (float)truth;
        if (!float.IsFinite(rounded) || !float.IsFinite(got))
        {
            return got == rounded ? 0 : double.PositiveInfinity;
        }

        float magnitude = MathF.Abs(rounded);
        return System.Math.Abs(got - truth) / (MathF.BitIncrement(magnitude) - (double)magnitude);
    }
}
