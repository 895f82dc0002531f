using System.Collections.Concurrent;
using Distributed.Numerics;
using Distributed.Numerics.Kernels;
using Distributed.Numerics.Models;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Training;

/// <summary>
/// Exact evaluation: every sample once, dropout off. Samples are taken in blocks of fixed size; blocks may be computed by any thread in any order,
/// their sums are added in index order, so the result does not depend on the threads.
/// </summary>
public sealed class Evaluator
{
    private const int BlockSamples = 500;

    private readonly RunDescription _run;
    private readonly InstructionSet _instructionSet;
    private readonly int _threads;
    private readonly ConcurrentDictionary<Dataset, ConcurrentBag<EvaluationScratch>> _idle = new(ReferenceEqualityComparer.Instance);

    /// <param name="run">The network and the scale of its inputs.</param>
    /// <param name="instructionSet">The SIMD width; any gives the same bits.</param>
    /// <param name="threads">Threads that may compute at once, at least 1.</param>
    public Evaluator(RunDescription run, InstructionSet instructionSet, int threads)
    {
        Check.That(threads >= 1);
        _run = run;
        _instructionSet = instructionSet;
        _threads = threads;
    }

    /// <summary>What <paramref name="weights"/> make of <paramref name="samples"/> (indices of <paramref name="dataset"/>).</summary>
    public Evaluation Evaluate(float[] weights, Dataset dataset, int[] samples)
    {
        int[] correctByClass = new int[_run.Shape.Outputs];
        int blocks = (samples.Length + BlockSamples - 1) / BlockSamples;
        var sums = new PartialStatistics[blocks];
        ConcurrentBag<EvaluationScratch> idle = _idle.GetOrAdd(dataset, _ => []);
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = _threads }, block =>
        {
            EvaluationScratch scratch = idle.TryTake(out EvaluationScratch? free) ? free : new EvaluationScratch(_run, dataset, _instructionSet, BlockSamples);
            int first = block * BlockSamples;
            sums[block] = scratch.Evaluate(weights, samples, first, Math.Min(BlockSamples, samples.Length - first), correctByClass);
            idle.Add(scratch);
        });

        PartialStatistics total = default;
        foreach (PartialStatistics sum in sums)
        {
            total = PartialStatistics.Combine(total, sum);
        }

        return new Evaluation(total, correctByClass, SamplesByClass(dataset, samples));
    }

    private int[] SamplesByClass(Dataset dataset, int[] samples)
    {
        int[] counts = new int[_run.Shape.Outputs];
        foreach (int sample in samples)
        {
            counts[dataset.Labels[sample]]++;
        }

        return counts;
    }
}

/// <summary>One thread's buffers for evaluation.</summary>
internal sealed class EvaluationScratch(RunDescription run, Dataset dataset, InstructionSet instructionSet, int rowsMax)
{
    private readonly NetworkInference _network = new(run.Shape, instructionSet);
    private readonly MinibatchSource _source = new(dataset, run.Scale);
    private readonly float[] _features = new float[rowsMax * run.Shape.Inputs];
    private readonly int[] _labels = new int[rowsMax];
    private readonly int[] _correct = new int[run.Shape.Outputs];

    /// <summary>The sums of one block; its correct answers are added to <paramref name="correctByClass"/>, which the threads share.</summary>
    internal PartialStatistics Evaluate(float[] weights, int[] samples, int first, int count, int[] correctByClass)
    {
        Span<float> features = _features.AsSpan(0, count * run.Shape.Inputs);
        Span<int> labels = _labels.AsSpan(0, count);
        _source.MoveTo(samples, first, count);
        _source.Gather(0, count, features, labels);
        Array.Clear(_correct);
        PartialStatistics sums = _network.Evaluate(weights, features, labels, count, before: default, _correct);
        lock (correctByClass)
        {
            for (int c = 0; c < _correct.Length; c++)
            {
                correctByClass[c] += _correct[c];
            }
        }

        return sums;
    }
}
