using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Models;

/// <summary>
/// The network without dropout. Owns its scratch: one instance per thread, not thread-safe. Rows run in blocks of a bounded size; a row's
/// bits do not depend on its block.
/// </summary>
public sealed class NetworkInference
{
    private readonly NetworkShape _shape;
    private readonly ParameterLayout _layout;
    private readonly ForwardPass _forward;
    private readonly LossPass _loss;
    private readonly int _rowsMax;

    /// <param name="shape">The network; its dropout is ignored.</param>
    /// <param name="set">The SIMD width.</param>
    public NetworkInference(NetworkShape shape, InstructionSet set)
        : this(shape, set, GradientLimits.RowsMax(shape))
    {
    }

    internal NetworkInference(NetworkShape shape, InstructionSet set, int rowsMax)
    {
        Check.That(rowsMax >= 1);
        _shape = shape with { Dropout = 0f };
        _layout = ParameterLayout.For(shape);
        _forward = new ForwardPass(_shape, _layout, Gemm.Create(set));
        _loss = new LossPass(set);
        _rowsMax = rowsMax;
    }

    /// <summary>The classes' probabilities of each row.</summary>
    /// <param name="weights">The flat parameters.</param>
    /// <param name="features">Rows×Inputs, scaled as in training.</param>
    /// <param name="rows">Samples, 0 allowed.</param>
    /// <param name="probabilities">Rows×Outputs.</param>
    public void Predict(ReadOnlySpan<float> weights, ReadOnlySpan<float> features, int rows, Span<float> probabilities)
    {
        CheckSizes(weights, features, rows);
        Check.That(probabilities.Length == rows * _shape.Outputs);
        for (int first = 0; first < rows; first += _rowsMax)
        {
            int count = System.Math.Min(_rowsMax, rows - first);
            Forward(weights, features, first, count);
            ReadOnlySpan<float> padded = _loss.Probabilities(_forward.Logits(count), count);
            for (int row = 0; row < count; row++)
            {
                padded.Slice(row * _forward.LogitStride, _shape.Outputs).CopyTo(probabilities[((first + row) * _shape.Outputs)..]);
            }
        }
    }

    /// <summary>Loss and correct predictions, summed in sample order.</summary>
    /// <param name="weights">The flat parameters.</param>
    /// <param name="features">Rows×Inputs, scaled as in training.</param>
    /// <param name="labels">One class per row.</param>
    /// <param name="rows">Samples, 0 allowed.</param>
    public PartialStatistics Evaluate(ReadOnlySpan<float> weights, ReadOnlySpan<float> features, ReadOnlySpan<int> labels, int rows) =>
        Evaluate(weights, features, labels, rows, default);

    /// <summary>Continues <paramref name="before"/>, so that a data set can be evaluated in parts with the same bits.</summary>
    /// <param name="weights">The flat parameters.</param>
    /// <param name="features">Rows×Inputs, scaled as in training.</param>
    /// <param name="labels">One class per row.</param>
    /// <param name="rows">Samples, 0 allowed.</param>
    /// <param name="before">The sums over the samples before these.</param>
    /// <param name="correctByClass">Gets the correct predictions of these samples added, each to its label; empty where nobody asks.</param>
    public PartialStatistics Evaluate(
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> features,
        ReadOnlySpan<int> labels,
        int rows,
        PartialStatistics before,
        Span<int> correctByClass = default)
    {
        Check.That(correctByClass.IsEmpty || correctByClass.Length == _shape.Outputs);
        CheckSizes(weights, features, rows);
        Check.That(labels.Length >= rows);
        double lossSum = before.LossSum;
        int correct = before.Correct;
        for (int first = 0; first < rows; first += _rowsMax)
        {
            int count = System.Math.Min(_rowsMax, rows - first);
            Forward(weights, features, first, count);
            ReadOnlySpan<int> blockLabels = labels.Slice(first, count);
            _ = _loss.Run(_forward.Logits(count), blockLabels);
            lossSum = _loss.SumLosses(lossSum, 0, count);
            correct += _loss.Correct;
            if (!correctByClass.IsEmpty)
            {
                _loss.CountCorrect(_forward.Logits(count), blockLabels, correctByClass);
            }
        }

        return new PartialStatistics(lossSum, correct, before.Samples + rows);
    }

    private void Forward(ReadOnlySpan<float> weights, ReadOnlySpan<float> features, int first, int count) =>
        _forward.Run(weights, features.Slice(first * _shape.Inputs, count * _shape.Inputs), count, dropout: null, firstPosition: 0);

    private void CheckSizes(ReadOnlySpan<float> weights, ReadOnlySpan<float> features, int rows)
    {
        Check.That(rows >= 0);
        Check.That(weights.Length == _layout.Count);
        Check.That(features.Length >= (long)rows * _shape.Inputs);
    }
}
