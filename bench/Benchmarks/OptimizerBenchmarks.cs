using BenchmarkDotNet.Attributes;
using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;
using Distributed.Numerics.Optimizers;

namespace Distributed.Bench.Benchmarks;

/// <summary>The averaging and update of all parameters, and the addition of two gradients, on one thread.</summary>
public class OptimizerBenchmarks
{
    private Optimizer _optimizer = null!;
    private float[] _weights = [];
    private float[] _gradient = [];

    [Params(OptimizerKind.Sgd, OptimizerKind.Momentum, OptimizerKind.Adam)]
    public OptimizerKind Kind { get; set; }

    /// <summary>Units of the hidden layers: 0.1 and 5.8 million parameters.</summary>
    [Params("128", "2048-2048")]
    public string Hidden { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        int[] hidden = [.. Hidden.Split('-').Select(int.Parse)];
        ParameterLayout layout = ParameterLayout.For(new NetworkShape(784, hidden, 10, Activation.Relu, 0));
        _optimizer = Optimizer.Create(new OptimizerSettings(Kind, 0.9f, 0.9f, 0.999f, 1e-8f, 0), layout, InstructionSets.Best);
        _weights = MadeUpNumbers.Floats(layout.Count, 1);
        _gradient = MadeUpNumbers.Floats(layout.Count, 2);
    }

    [Benchmark]
    public void Update() => _optimizer.Update(_weights, _gradient, 32, 0.001f);

    [Benchmark]
    public void AddGradients() => VectorOperations.Accumulate(InstructionSets.Best, _weights, _gradient);
}
