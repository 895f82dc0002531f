using BenchmarkDotNet.Attributes;
using Distributed.Bench.InProcess;
using Distributed.Numerics.Random;
using Distributed.Protocol.Datasets;
using Distributed.Protocol.Plan;

namespace Distributed.Bench.Benchmarks;

/// <summary>From the bytes of MNIST to a minibatch of floats, in shuffled order.</summary>
public class DataBenchmarks
{
    private MinibatchSource _source = null!;
    private int[] _order = [];
    private float[] _features = [];
    private int[] _labels = [];
    private int _first;

    [Params(32, 256)]
    public int BatchSize { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        TrainingSetup setup = TrainingSetup.Of("scratch-mlp");
        _source = new MinibatchSource(setup.Samples, setup.Description.Scale);
        _order = new EpochOrder(setup.Description.TrainingSamples, 42).Of(0);
        _features = new float[BatchSize * setup.Samples.Features];
        _labels = new int[BatchSize];
    }

    [Benchmark]
    public void Gather()
    {
        _first = _first + (2 * BatchSize) <= _order.Length ? _first + BatchSize : 0;
        _source.MoveTo(_order, _first, BatchSize);
        _source.Gather(0, BatchSize, _features, _labels);
    }

    /// <summary>Once per epoch, on every worker: the order of all 60,000 samples.</summary>
    [Benchmark]
    public void Shuffle() => Permutation.Shuffle(42, 3, _order);
}
