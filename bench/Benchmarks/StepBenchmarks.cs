using BenchmarkDotNet.Attributes;
using Distributed.Bench.InProcess;

namespace Distributed.Bench.Benchmarks;

/// <summary>A whole step: plan, gradient, reduction, update, broadcast; real recipe, real data, one thread, no mailbox.</summary>
public class StepBenchmarks
{
    private StepLoop _loop = null!;

    [Params("scratch-mlp", "softmax-regression", "kaggle-two-layer", "dropout-mlp", "adam-mlp", "wide-adam")]
    public string Recipe { get; set; } = "";

    /// <summary>Computed one after the other: more workers add reductions, not speed.</summary>
    [Params(1, 2)]
    public int Workers { get; set; }

    [GlobalSetup]
    public void Prepare() => _loop = new StepLoop(TrainingSetup.Of(Recipe), Workers);

    [Benchmark]
    public void Step() => _loop.Step();
}
