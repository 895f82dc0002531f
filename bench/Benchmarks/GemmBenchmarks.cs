using BenchmarkDotNet.Attributes;
using Distributed.Numerics.Kernels;

namespace Distributed.Bench.Benchmarks;

/// <summary>Products of the recipes' steps, on one thread, at the machine's widest instruction set.</summary>
public class GemmBenchmarks
{
    private Action _product = () => { };

    /// <summary>Operation:M:N:K, and the tree's leaves where there is one.</summary>
    [Params(
        "NN:32:128:784", "TN:784:128:32:8", "NT:32:128:10", "NN:256:10:784", "TN:784:10:256:8",
        "NN:512:2048:784", "NT:512:2048:2048", "TN:2048:2048:512:8", "NN:1024:1024:1024")]
    public string Shape { get; set; } = "";

    [GlobalSetup]
    public void Prepare() => (_product, _) = GemmShape.Parse(Shape).Prepare(Gemm.Create(InstructionSets.Best));

    [Benchmark]
    public void Multiply() => _product();
}
