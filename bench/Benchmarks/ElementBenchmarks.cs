using BenchmarkDotNet.Attributes;
using Distributed.Numerics.Kernels;
using Distributed.Numerics.Layers;

namespace Distributed.Bench.Benchmarks;

/// <summary>What runs over every element of a layer's output.</summary>
public class ElementBenchmarks
{
    private const int Units = 128;
    private const int Classes = 10;

    private readonly InstructionSet _set = InstructionSets.Best;
    private float[] _x = [];
    private float[] _y = [];
    private float[] _logits = [];
    private float[] _probabilities = [];
    private float[] _maxima = [];
    private float[] _sums = [];

    /// <summary>Samples in the minibatch.</summary>
    [Params(32, 512)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _x = MadeUpNumbers.Floats(Rows * Units, 1);
        _y = new float[_x.Length];
        _logits = MadeUpNumbers.Floats(Rows * Softmax.Stride(Classes), 2);
        _probabilities = new float[_logits.Length];
        _maxima = new float[Rows];
        _sums = new float[Rows];
    }

    [Benchmark]
    public void Exponential() => Map.Unary<Exp>(_set, _x, _y);

    [Benchmark]
    public void SoftmaxOfTen() => Softmax.Forward(_set, _logits, _probabilities, _maxima, _sums);

    [Benchmark]
    public void DropoutOfHalf() => Dropout.Apply(_set, new DropoutMask(Seed: 42, Step: 7, Layer: 0, Probability: 0.5f), 0, Units, _x, _y);

    [Benchmark]
    public int SearchForNaN() => VectorOperations.FirstNonFinite(_set, _x);
}
