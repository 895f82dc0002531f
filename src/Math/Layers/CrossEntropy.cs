using System.Numerics;
using System.Runtime.Intrinsics;
using Distributed.Numerics.Kernels;

namespace Distributed.Numerics.Layers;

/// <summary>
/// Softmax's loss and its gradient. Loss = log Σ exp(z - max) - (z[label] - max); dZ = p - onehot(label), the gradient of the sum of
/// losses.
/// </summary>
internal static class CrossEntropy
{
    /// <summary>The loss of each row, in double: the logarithm is ours, the differences are exact or rounded once.</summary>
    /// <param name="set">The SIMD width.</param>
    /// <param name="logits">Rows×stride.</param>
    /// <param name="labels">One class per row.</param>
    /// <param name="maxima">From <see cref="Softmax"/>.</param>
    /// <param name="sums">From <see cref="Softmax"/>; holds their logarithms afterwards.</param>
    /// <param name="losses">One per row.</param>
    public static void Losses(
        InstructionSet set,
        ReadOnlySpan<float> logits,
        ReadOnlySpan<int> labels,
        ReadOnlySpan<float> maxima,
        Span<float> sums,
        Span<double> losses)
    {
        int stride = logits.Length / labels.Length;
        Map.Unary<Log>(set, sums, sums);
        for (int row = 0; row < labels.Length; row++)
        {
            Check.That((uint)labels[row] < (uint)stride);
            losses[row] = sums[row] - ((double)logits[(row * stride) + labels[row]] - maxima[row]);
        }
    }

    /// <summary>
    /// Rows whose highest logit is their label's. Of equal logits the lowest class counts as the highest; a row whose loss is NaN is not
    /// correct.
    /// </summary>
    public static int Correct(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, ReadOnlySpan<float> maxima, ReadOnlySpan<double> losses)
    {
        int correct = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            correct += IsCorrect(logits, labels, maxima, losses, row) ? 1 : 0;
        }

        return correct;
    }

    /// <summary>Adds the rows that <see cref="Correct"/> counts to <paramref name="byClass"/>, each to its label.</summary>
    public static void CountCorrect(
        ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, ReadOnlySpan<float> maxima, ReadOnlySpan<double> losses, Span<int> byClass)
    {
        for (int row = 0; row < labels.Length; row++)
        {
            byClass[labels[row]] += IsCorrect(logits, labels, maxima, losses, row) ? 1 : 0;
        }
    }

    private static bool IsCorrect(
        ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, ReadOnlySpan<float> maxima, ReadOnlySpan<double> losses, int row)
    {
        int stride = logits.Length / labels.Length;
        int highest = FirstEqual(logits.Slice(row * stride, stride), maxima[row]);
        return highest == labels[row] && !double.IsNaN(losses[row]);
    }

    /// <summary>The first index at which a row, whole blocks of 16, holds <paramref name="value"/>; its length where it never does.</summary>
    private static int FirstEqual(ReadOnlySpan<float> row, float value)
    {
        Vector512<float> sought = Vector512.Create(value);
        for (int i = 0; i < row.Length; i += Vector512<float>.Count)
        {
            ulong equal = Vector512.Equals(Vector512.Create(row.Slice(i, Vector512<float>.Count)), sought).ExtractMostSignificantBits();
            if (equal != 0)
            {
                return i + BitOperations.TrailingZeroCount(equal);
            }
        }

        return row.Length;
    }

    /// <summary>dZ = p - onehot, in place over the probabilities.</summary>
    public static void Backward(ReadOnlySpan<int> labels, Span<float> probabilities)
    {
        int stride = probabilities.Length / labels.Length;
        for (int row = 0; row < labels.Length; row++)
        {
            probabilities[(row * stride) + labels[row]] -= 1f;
        }
    }

    /// <summary>
    /// The losses under label smoothing (Szegedy et al. 2016): the target is 1 - ε + ε/K for the label and ε/K for each other class, so that
    /// the loss is (1 - ε) times the plain one plus ε times the mean over the classes of -log p. Turns the plain losses into these, in place.
    /// </summary>
    /// <param name="logits">Rows×stride.</param>
    /// <param name="labels">One class per row.</param>
    /// <param name="maxima">From <see cref="Softmax"/>.</param>
    /// <param name="logSums">The sums' logarithms, as <see cref="Losses"/> leaves them.</param>
    /// <param name="smoothing">ε over K classes.</param>
    /// <param name="losses">One per row.</param>
    public static void Smooth(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<int> labels,
        ReadOnlySpan<float> maxima,
        ReadOnlySpan<float> logSums,
        LabelSmoothing smoothing,
        Span<double> losses)
    {
        int stride = logits.Length / labels.Length;
        for (int row = 0; row < labels.Length; row++)
        {
            double sum = 0.0;
            foreach (float z in logits.Slice(row * stride, smoothing.Classes))
            {
                sum += (double)z - maxima[row];
            }

            double even = logSums[row] - (sum / smoothing.Classes);
            losses[row] = ((1.0 - smoothing.Epsilon) * losses[row]) + (smoothing.Epsilon * even);
        }
    }

    /// <summary>dZ = p - target, in place over the probabilities.</summary>
    public static void Backward(ReadOnlySpan<int> labels, LabelSmoothing smoothing, Span<float> probabilities)
    {
        int stride = probabilities.Length / labels.Length;
        for (int row = 0; row < labels.Length; row++)
        {
            Span<float> p = probabilities.Slice(row * stride, smoothing.Classes);
            for (int c = 0; c < p.Length; c++)
            {
                p[c] -= c == labels[row] ? smoothing.Label : smoothing.Other;
            }
        }
    }
}
