using Distributed.Numerics;

namespace Distributed.Coordinator.Charts;

/// <summary>The range of an axis, its tick marks, and where between 0 and 1 a value lies on it.</summary>
internal sealed class Axis
{
    private const int TicksWanted = 5;

    private readonly AxisScale scale;

    private Axis(double low, double high, IReadOnlyList<double> ticks, AxisScale scale)
    {
        Check.That(high > low);
        Low = low;
        High = high;
        Ticks = ticks;
        this.scale = scale;
    }

    public double Low { get; }

    public double High { get; }

    public IReadOnlyList<double> Ticks { get; }

    /// <summary>The distance between ticks of a linear axis; decides how many decimals its labels need.</summary>
    public double Step => Ticks.Count > 1 ? Ticks[1] - Ticks[0] : High - Low;

    /// <summary>True when the axis has a place for <paramref name="value"/>.</summary>
    public bool CanPlace(double value) => double.IsFinite(value) && (scale == AxisScale.Linear || value > 0);

    /// <summary>0 at <see cref="Low"/>, 1 at <see cref="High"/>.</summary>
    public double Place(double value) => scale == AxisScale.Linear
        ? (value - Low) / (High - Low)
        : Math.Log10(value / Low) / Math.Log10(High / Low);

    /// <summary>
    /// An axis that begins and ends on a tick and holds <paramref name="low"/> and <paramref name="high"/>; from 0 when that is near in
    /// proportion.
    /// </summary>
    public static Axis Linear(double low, double high)
    {
        if (low > 0 && low < 0.4 * high)
        {
            low = 0;
        }

        if (!(high - low > 1e-9 * Math.Max(Math.Abs(low), Math.Abs(high))))
        {
            double margin = Math.Max(Math.Abs(high) * 0.1, 1e-6);
            (low, high) = (low - margin, high + margin);
        }

        double step = NiceStep((high - low) / TicksWanted);
        double first = Math.Floor((low / step) + 1e-9);
        double last = Math.Ceiling((high / step) - 1e-9);
        double[] ticks = [.. Enumerable.Range(0, (int)(last - first) + 1).Select(index => (first + index) * step)];
        return new Axis(ticks[0], ticks[^1], ticks, AxisScale.Linear);
    }

    /// <summary>An axis of counts, such as epochs: it ends where the data ends, and its ticks are whole numbers.</summary>
    public static Axis Counts(double low, double high)
    {
        double step = Math.Max(1, NiceStep((high - low) / (TicksWanted + 2)));
        step = Math.Ceiling(step);
        var ticks = new List<double>();
        for (double tick = Math.Ceiling(low / step) * step; tick <= high; tick += step)
        {
            ticks.Add(tick);
        }

        double margin = high > low ? 0 : 0.5;
        return new Axis(low - margin, high + margin, ticks, AxisScale.Linear);
    }

    /// <summary>An axis over powers of ten, with ticks at 1, 2 and 5 times each where there is room.</summary>
    public static Axis Logarithmic(double low, double high)
    {
        Check.That(low > 0);
        int first = (int)Math.Floor(Math.Log10(low) + 1e-9);
        int last = (int)Math.Ceiling(Math.Log10(high) - 1e-9);
        int[] factors = last - first > 2 ? [1] : [1, 2, 5];
        double[] all = [.. Enumerable.Range(first, last - first + 2).SelectMany(power => factors.Select(factor => factor * Math.Pow(10, power)))];
        double begin = all.Last(tick => tick <= low * (1 + 1e-9) || tick == all[0]);
        double end = all.First(tick => tick >= high * (1 - 1e-9) && tick > begin);
        double[] ticks = [.. all.Where(tick => tick >= begin && tick <= end)];
        int every = (ticks.Length + TicksWanted) / (TicksWanted + 1);
        return new Axis(begin, end, [.. ticks.Where((_, index) => index % every == 0)], AxisScale.Logarithmic);
    }

    /// <summary>The least of 1, 2, 2.5 and 5 times a power of ten that is at least <paramref name="rough"/>.</summary>
    private static double NiceStep(double rough)
    {
        if (!(rough > 0))
        {
            return 1;
        }

        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        foreach (double factor in (ReadOnlySpan<double>)[1, 2, 2.5, 5])
        {
            if (factor * power >= rough * (1 - 1e-9))
            {
                return factor * power;
            }
        }

        return 10 * power;
    }
}
