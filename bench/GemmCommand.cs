using Distributed.Numerics.Kernels;

namespace Distributed.Bench;

/// <summary>
/// GFLOP/s per shape, as a share of the FMA peak. Every sample of a shape stands beside a sample of the peak taken a moment before
/// (A B A B), so that a busy machine slows both; a row is the median of the samples.
/// </summary>
internal static class GemmCommand
{
    private const double SampleSeconds = 0.001;
    private const int PeakIterations = 50_000;

    public static void Run(InstructionSet set, int samples, string filter)
    {
        Console.WriteLine($"instruction set {set}, {samples} samples per row, one thread");
        Console.WriteLine($"{"product",-34} {"GFLOP/s",9} {"best",9} {"peak",9} {"share",7} {"best",7} {"us",10}");
        Gemm gemm = Gemm.Create(set);
        FmaPeak.Run(set, PeakIterations);
        IEnumerable<GemmShape> shapes = filter.Contains(':', StringComparison.Ordinal)
            ? filter.Split(',').Select(GemmShape.Parse)
            : GemmShape.All.Where(s => s.ToString().Contains(filter, StringComparison.Ordinal));
        foreach (GemmShape shape in shapes)
        {
            Row(set, gemm, shape, samples);
        }
    }

    private static void Row(InstructionSet set, Gemm gemm, GemmShape shape, int samples)
    {
        Action product = shape.Prepare(gemm);
        product();
        double once = Seconds(product, 3);
        int repetitions = System.Math.Max(1, (int)(SampleSeconds / once));
        double[] rates = new double[samples], peaks = new double[samples], shares = new double[samples];
        for (int i = 0; i < samples; i++)
        {
            peaks[i] = FmaPeak.Flops(set, PeakIterations) / Seconds(() => FmaPeak.Run(set, PeakIterations), 1) / 1e9;
            rates[i] = shape.Flops / Seconds(product, repetitions) / 1e9;
            shares[i] = rates[i] / peaks[i];
        }

        double rate = Median(rates), best = rates.Max();
        Console.WriteLine(
            $"{shape,-34} {rate,9:f1} {best,9:f1} {Median(peaks),9:f1} {Median(shares),7:p1} {best / peaks.Max(),7:p1} {shape.Flops / best / 1e3,10:f2}");
    }

    private static double Seconds(Action work, int repetitions)
    {
        double start = ThreadClock.Seconds();
        for (int i = 0; i < repetitions; i++)
        {
            work();
        }

        return (ThreadClock.Seconds() - start) / repetitions;
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
