using Distributed.Numerics.Kernels;

namespace Distributed.Bench;

/// <summary>
/// GFLOP/s per shape, as a share of the FMA peak and beside OpenBLAS. Every sample of a shape stands between a sample of the peak and one
/// of the peer (A B C A B C), so that a busy machine slows all; a row shows medians.
/// </summary>
internal static class GemmCommand
{
    private const double SampleSeconds = 0.001;
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(200);
    private const int PeakIterations = 50_000;

    public static void Run(InstructionSet set, int samples, string filter)
    {
        Console.WriteLine($"instruction set {set}, {samples} samples per row, one thread, seconds of the thread's own processor time");
        Console.WriteLine($"{"product",-34} {"GFLOP/s",9} {"us",10} {"of peak",8} {"best",8} {"OpenBLAS",9} {"ratio",7}");
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
        (Action ours, Action peer) = shape.Prepare(gemm);
        int repetitions = Repetitions(ours);
        int peerRepetitions = OpenBlas.IsPresent ? Repetitions(peer) : 0;
        double[] rates = new double[samples], shares = new double[samples], peers = new double[samples], ratios = new double[samples];
        for (int i = 0; i < samples; i++)
        {
            double peak = FmaPeak.Flops(set, PeakIterations) / Seconds(() => FmaPeak.Run(set, PeakIterations), 1) / 1e9;
            rates[i] = shape.Flops / Seconds(ours, repetitions) / 1e9;
            shares[i] = rates[i] / peak;
            peers[i] = OpenBlas.IsPresent ? shape.Flops / Seconds(peer, peerRepetitions) / 1e9 : double.NaN;
            ratios[i] = rates[i] / peers[i];
        }

        double rate = Median(rates);
        string figures = $"{shape,-34} {rate,9:f1} {shape.Flops / rate / 1e3,10:f2} {Median(shares),8:p1} {shares.Max(),8:p1}";
        Console.WriteLine($"{figures} {Median(peers),9:f1} {Median(ratios),7:f2}");
    }

    /// <summary>
    /// How often a sample repeats the work, after its buffers have grown and the tiered compiler, which waits for a quiet moment, has
    /// come round.
    /// </summary>
    private static int Repetitions(Action work)
    {
        Seconds(work, 60);
        Thread.Sleep(WarmUp);
        Seconds(work, 60);
        Thread.Sleep(WarmUp);
        return System.Math.Clamp((int)(SampleSeconds / Seconds(work, 3)), 1, 100_000);
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
