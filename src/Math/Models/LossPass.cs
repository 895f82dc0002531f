using Distributed.Numerics.Kernels;
using Distributed.Numerics.Layers;

namespace Distributed.Numerics.Models;

/// <summary>Logits to probabilities, losses and their gradient for a block of rows.</summary>
internal sealed class LossPass(InstructionSet set)
{
    private float[] _probabilities = [];
    private float[] _maxima = [];
    private float[] _sums = [];
    private double[] _losses = [];

    /// <summary>Softmax alone: rows×stride.</summary>
    public Span<float> Probabilities(ReadOnlySpan<float> logits, int rows)
    {
        Buffers.Reserve(ref _probabilities, logits.Length);
        Buffers.Reserve(ref _maxima, rows);
        Buffers.Reserve(ref _sums, rows);
        Span<float> probabilities = _probabilities.AsSpan(0, logits.Length);
        Softmax.Forward(set, logits, probabilities, _maxima.AsSpan(0, rows), _sums.AsSpan(0, rows));
        return probabilities;
    }

    /// <summary>Softmax and the losses; <see cref="Losses"/> and <see cref="Correct"/> are of this block afterwards.</summary>
    /// <param name="logits">Rows×stride, padded with -Inf.</param>
    /// <param name="labels">One class per row.</param>
    /// <returns>The probabilities.</returns>
    public Span<float> Run(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels)
    {
        int rows = labels.Length;
        Span<float> probabilities = Probabilities(logits, rows);
        Buffers.Reserve(ref _losses, rows);
        ReadOnlySpan<float> maxima = _maxima.AsSpan(0, rows);
        CrossEntropy.Losses(set, logits, labels, maxima, _sums.AsSpan(0, rows), _losses.AsSpan(0, rows));
        Correct = CrossEntropy.Correct(logits, labels, maxima, _losses.AsSpan(0, rows));
        return probabilities;
    }

    /// <summary>The losses of the last block under label smoothing, in place of the plain ones.</summary>
    public void Smooth(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, LabelSmoothing smoothing)
    {
        int rows = labels.Length;
        CrossEntropy.Smooth(logits, labels, _maxima.AsSpan(0, rows), _sums.AsSpan(0, rows), smoothing, _losses.AsSpan(0, rows));
    }

    /// <summary>The loss of each row of the last block.</summary>
    public ReadOnlySpan<double> Losses(int rows) => _losses.AsSpan(0, rows);

    /// <summary>Rows of the last block whose highest logit is their label's.</summary>
    public int Correct { get; private set; }

    /// <summary>Adds the rows that <see cref="Correct"/> counted to <paramref name="byClass"/>, each to its label.</summary>
    /// <param name="logits">As in <see cref="Run"/>.</param>
    /// <param name="labels">As in <see cref="Run"/>.</param>
    /// <param name="byClass">One count per class.</param>
    public void CountCorrect(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, Span<int> byClass) =>
        CrossEntropy.CountCorrect(logits, labels, _maxima.AsSpan(0, labels.Length), Losses(labels.Length), byClass);

    /// <summary>Continues a chain of losses in row order.</summary>
    public double SumLosses(double sum, int first, int count)
    {
        foreach (double loss in _losses.AsSpan(first, count))
        {
            sum += loss;
        }

        return sum;
    }
}
