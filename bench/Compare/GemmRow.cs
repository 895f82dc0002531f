using Distributed.Numerics.Kernels;

namespace Distributed.Bench.Compare;

/// <summary>
/// Products on one thread: the FMA peak, ours and OpenBLAS take turns, in seconds of the thread's own processor time, so that other programs
/// slow none of them more than another.
/// </summary>
/// <param name="Key">Names the row on the command line.</param>
/// <param name="Shapes">The products.</param>
/// <param name="RatioGoal">How many times as fast as OpenBLAS.</param>
/// <param name="ShareGoal">The share of the FMA peak to reach; 0 for none.</param>
internal sealed record GemmRow(string Key, IReadOnlyList<GemmShape> Shapes, double RatioGoal, double ShareGoal) : Row(Key)
{
    private const double SampleSeconds = 0.001;
    private const int PeakIterations = 50_000;

    public override IEnumerable<RowResult> Measure(Setting setting)
    {
        Gemm gemm = Gemm.Create(InstructionSets.Best);
        foreach (GemmShape shape in Shapes)
        {
            yield return Result(Rates(gemm, shape, setting.IsQuick ? 7 : 31));
        }
    }

    private RowResult Result(GemmRates rates)
    {
        string what = $"GEMM {rates.Shape}, one thread";
        string goal = ShareGoal > 0 ? $"{RatioGoal}×, {ShareGoal:p0} of peak" : $"{RatioGoal}×";
        string ours = $"{rates.Ours:f1} GFLOP/s, {rates.Share:p1} of peak";
        bool reachesShare = rates.Share >= ShareGoal;
        if (double.IsNaN(rates.Peer))
        {
            return new(Key, what, ours, "", "", goal, Verdict.NotMeasured, "libopenblas.so.0 is missing") { Rates = rates };
        }

        return new(
            Key, what, ours, $"OpenBLAS {rates.Peer:f1}", $"{rates.Ratio:f2}×", goal,
            rates.Ratio >= RatioGoal && reachesShare ? Verdict.Ahead : Verdict.Behind) { Ratio = rates.Ratio, RatioGoal = RatioGoal, Rates = rates };
    }

    private static GemmRates Rates(Gemm gemm, GemmShape shape, int samples)
    {
        (Action ours, Action peer) = shape.Prepare(gemm);
        int repetitions = Repetitions(ours), peerRepetitions = OpenBlas.IsPresent ? Repetitions(peer) : 0;
        double[] rates = new double[samples], peers = new double[samples], peaks = new double[samples];
        for (int i = 0; i < samples; i++)
        {
            peaks[i] = FmaPeak.Flops(gemm.InstructionSet, PeakIterations) / Seconds(() => FmaPeak.Run(gemm.InstructionSet, PeakIterations), 1) / 1e9;
            rates[i] = shape.Flops / Seconds(ours, repetitions) / 1e9;
            peers[i] = OpenBlas.IsPresent ? shape.Flops / Seconds(peer, peerRepetitions) / 1e9 : double.NaN;
        }

        return new GemmRates(
            shape, Figures.Median(rates), Figures.Median(peers), Figures.Median(peaks),
            Figures.Median(rates.Zip(peaks, (rate, peak) => rate / peak)), Figures.Median(rates.Zip(peers, (rate, peer) => rate / peer)));
    }

    private static int Repetitions(Action work)
    {
        Seconds(work, 40);
        return Math.Clamp((int)(SampleSeconds / Seconds(work, 3)), 1, 100_000);
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
}

/// <summary>GFLOP/s of one product; ratios are medians of samples taken side by side.</summary>
internal sealed record GemmRates(GemmShape Shape, double Ours, double Peer, double Peak, double Share, double Ratio)
{
    /// <summary>Operations per byte of the operands, each moved once.</summary>
    public double Intensity => Shape.Flops / (sizeof(float) * (((double)Shape.M * Shape.K) + ((double)Shape.K * Shape.N) + ((double)Shape.M * Shape.N)));
}
