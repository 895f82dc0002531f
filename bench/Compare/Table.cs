namespace Distributed.Bench.Compare;

/// <summary>Every row, in the table's order, with what it must reach.</summary>
internal static class Table
{
    private static readonly Peer NumPy = new("NumPy", "numpy_peer.py");
    private static readonly Peer PyTorch = new("PyTorch", "torch_peer.py");
    private static readonly Peer[] OneThread = [NumPy, PyTorch];
    private static readonly Peer[] TwoThreads = [NumPy with { Threads = 2 }, PyTorch with { Threads = 2 }];

    private static readonly Work Default = new("scratch-mlp", 5);

    /// <summary>Whole epochs: ours saves a checkpoint of 70 MB after each, which would weigh more on shorter ones than it does in real runs.</summary>
    private static readonly Work Wide = new("wide-adam", 2);

    public static IReadOnlyList<Row> Rows => [.. Products, .. Races, .. Costs];

    private static IReadOnlyList<Row> Products =>
    [
        new GemmRow("gemm-large", Large, RatioGoal: 1, ShareGoal: 0.92),
        new GemmRow("gemm-small", [new("NN", 32, 128, 784), new("TN", 784, 128, 32)], RatioGoal: 1, ShareGoal: 0),
        new GemmRow("gemm-narrow", [new("NN", 256, 10, 784), new("TN", 784, 10, 256)], RatioGoal: 1.5, ShareGoal: 0),
    ];

    private static IReadOnlyList<Row> Races =>
    [
        OneCore("scratch-mlp", "scratch-mlp, 1 worker, 1 core, per epoch", Default, 1.5),
        OneCore("softmax-regression", "softmax-regression, 1 worker, 1 core, per epoch", new Work("softmax-regression", 8), 2.5),
        OneCore("kaggle-two-layer", "kaggle-two-layer, 1 worker, 1 core, per iteration", new Work("kaggle-two-layer", 50), 3),
        OneCore("dropout-mlp", "dropout-mlp, 1 worker, 1 core, per epoch", new Work("dropout-mlp", 4), 1.5),
        OneCore("adam-mlp", "adam-mlp, 1 worker, 1 core, per epoch", new Work("adam-mlp", 4), 1.6),
        OneCore("wide-1", "784-2048-2048-10, 1 worker, 1 core, per step", Wide, 1.15) with { PerStep = true },
        new RaceRow("wide-2", "784-2048-2048-10, 2 workers in one process, per step", Wide, true, 2, false, 2, TwoThreads, 1.15),
        new SpeedupRow("speedup-2", "scratch-mlp, 2 workers against 1, one process, per epoch", Default, 2, 1.5),
        new SpeedupRow("speedup-2-wide", "784-2048-2048-10, 2 workers against 1, one process", Wide, 2, 1.9),
        new RaceRow("processes-2", "scratch-mlp, 2 worker processes, per epoch", Default with { Epochs = 3 }, false, 2, true, 2, Ddp(2), 8),
        new RaceRow("processes-2-wide", "784-2048-2048-10, 2 worker processes, per step", Wide, true, 2, true, 2, Ddp(2), 1.5),
        new RaceRow("processes-4", "scratch-mlp, 4 worker processes on 2 cores, per epoch", Default with { Epochs = 2 }, false, 4, true, 2, Ddp(4), 15),
    ];

    private static IReadOnlyList<Row> Costs =>
    [
        new DeterminismRow("determinism", "scratch-mlp", LimitPercent: 3),
        new DeterminismRow("determinism-wide", "wide-adam", LimitPercent: 3),
        new SerialPartRow("serial", "scratch-mlp", Steps: 2_000, LimitMicroseconds: 40),
        new SerialPartRow("serial-wide", "wide-adam", Steps: 12, LimitMicroseconds: 6_000),
        new ProgramRow("program", StartLimitSeconds: 0.6, MemoryLimitMegabytes: 250),
        new AllocationRow("allocation", LimitBytes: 0),
    ];

    private static GemmShape[] Large =>
    [
        .. Operations(1024, 1024, 1024), .. Operations(512, 2048, 784), .. Operations(512, 2048, 2048), .. Operations(2048, 2048, 512),
    ];

    private static RaceRow OneCore(string key, string what, Work work, double goal) =>
        new(key, what, work, PerStep: false, Workers: 1, Processes: false, CoreCount: 1, OneThread, goal);

    private static Peer[] Ddp(int processes) => [new($"DistributedDataParallel, {processes} processes", "ddp_peer.py", Processes: processes)];

    private static IEnumerable<GemmShape> Operations(int M, int N, int K) => [new("NN", M, N, K), new("NT", M, N, K), new("TN", M, N, K)];
}
