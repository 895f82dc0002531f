namespace Distributed.Coordinator.Inspection;

/// <summary>What the values of a tensor are like.</summary>
/// <param name="Min">The least; NaN left out; null where there is no other value.</param>
/// <param name="Max">The greatest, likewise.</param>
/// <param name="Mean">Of the finite values; null without any.</param>
/// <param name="NaN">Values that are not a number.</param>
/// <param name="Infinite">Values that are plus or minus infinity.</param>
public sealed record TensorStatistics(double? Min, double? Max, double? Mean, long NaN, long Infinite)
{
    /// <summary>Of <paramref name="values"/>, each turned into a double by <paramref name="convert"/>.</summary>
    public static TensorStatistics Of<T>(ReadOnlySpan<T> values, Func<T, double> convert)
    {
        double min = double.PositiveInfinity;
        double max = double.NegativeInfinity;
        double sum = 0;
        long nan = 0;
        long infinite = 0;
        foreach (T stored in values)
        {
            double value = convert(stored);
            if (double.IsNaN(value))
            {
                nan++;
                continue;
            }

            min = Math.Min(min, value);
            max = Math.Max(max, value);
            infinite += double.IsInfinity(value) ? 1 : 0;
            sum += double.IsInfinity(value) ? 0 : value;
        }

        long numbers = values.Length - nan;
        long finite = numbers - infinite;
        return new TensorStatistics(numbers > 0 ? min : null, numbers > 0 ? max : null, finite > 0 ? sum / finite : null, nan, infinite);
    }
}
