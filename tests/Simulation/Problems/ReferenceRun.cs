using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;
using Distributed.Numerics.Optimizers;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;
using Distributed.Protocol.Plan;
using Distributed.Worker;

namespace Distributed.Simulation.Problems;

/// <summary>A run by one loop: no workers, messages or shards, each step's gradient in one piece. The weights after every step, kept.</summary>
public sealed class ReferenceRun
{
    private readonly List<float[]> _weights = [];

    public ReferenceRun(RunDescription run, Dataset samples)
    {
        var computation = new GradientComputation(run, samples, InstructionSet.Scalar);
        Optimizer optimizer = Optimizer.Create(run.Recipe.OptimizerSettings, run.Layout, InstructionSet.Scalar);
        float[] weights = new float[run.Layout.Count];
        Initialization.Fill(weights, run.Layout, run.Recipe.Weights, run.Recipe.Biases, run.Recipe.Seed);
        _weights.Add([.. weights]);
        var pool = new PartialPool(run.Layout.Count);
        for (int step = 0; step < run.Schedule.TotalSteps; step++)
        {
            StepPosition position = run.Schedule.At(new StepNumber(step));
            Partial whole = pool.Rent();
            whole.Address(new WorkerId(1), new Incarnation(1), position.Step, new MicrobatchRange(0, position.Microbatches.Count));
            computation.Compute(whole, weights);
            optimizer.Update(weights, whole.Gradient, position.SampleCount, run.Recipe.LearningRate);
            Statistics.Add(whole.Statistics);
            whole.Return();
            _weights.Add([.. weights]);
        }
    }

    /// <summary>What each step's forward pass saw.</summary>
    public List<PartialStatistics> Statistics { get; } = [];

    /// <summary>The weights after <paramref name="steps"/> steps.</summary>
    public ReadOnlySpan<float> After(int steps) => _weights[steps];
}
