using Distributed.Numerics.Kernels;
using Distributed.Numerics.Layers;
using Distributed.Numerics.Reduction;

namespace Distributed.Numerics.Models;

/// <summary>
/// Forward and backward over one node of the reduction tree. Owns all scratch: one instance per compute thread, not thread-safe; after the
/// first call of a size it allocates nothing.
/// A node whose rows fit the scratch is computed at once, with the tree fused into the products. A longer one is the sum of its two
/// children; a single microbatch that is too long runs in blocks of rows that continue its chains. The bits are the same every way.
/// </summary>
public sealed class NetworkGradient
{
    private readonly NetworkShape _shape;
    private readonly ParameterLayout _layout;
    private readonly Gemm _gemm;
    private readonly ForwardPass _forward;
    private readonly LossPass _loss;
    private readonly BackwardPass _backward;
    private readonly FeatureBuffer _features;
    private readonly NonzeroFeatures _nonzero;
    private readonly NodeScratch _scratch;
    private readonly LabelSmoothing _smoothing;
    private readonly int _rowsMax;

    /// <param name="shape">The network.</param>
    /// <param name="set">The SIMD width.</param>
    /// <param name="labelSmoothing">ε of label smoothing, in [0, 1): losses and gradient are those of the smoothed targets.</param>
    public NetworkGradient(NetworkShape shape, InstructionSet set, float labelSmoothing = 0f)
        : this(shape, set, GradientLimits.RowsMax(shape), labelSmoothing)
    {
    }

    internal NetworkGradient(NetworkShape shape, InstructionSet set, int rowsMax, float labelSmoothing = 0f)
    {
        Check.That(rowsMax >= 1);
        _shape = shape;
        _layout = ParameterLayout.For(shape);
        _gemm = Gemm.Create(set);
        _forward = new ForwardPass(shape, _layout, _gemm);
        _loss = new LossPass(set);
        _backward = new BackwardPass(shape, _layout, _gemm);
        _features = new FeatureBuffer(shape, _gemm);
        _nonzero = new NonzeroFeatures(shape, set);
        _scratch = new NodeScratch(_layout.Count);
        _smoothing = new LabelSmoothing(labelSmoothing, shape.Outputs);
        _rowsMax = rowsMax;
    }

    /// <summary>The sum over the node's samples of the loss's gradient, in the layout of the weights.</summary>
    /// <param name="weights">The flat parameters.</param>
    /// <param name="source">The minibatch.</param>
    /// <param name="plan">How it is cut.</param>
    /// <param name="node">A node of the reduction tree over the plan's microbatches.</param>
    /// <param name="dropout">Which masks; ignored when the shape has no dropout.</param>
    /// <param name="gradient">As long as the weights; overwritten.</param>
    public PartialStatistics Compute(
        ReadOnlySpan<float> weights, ISampleSource source, MicrobatchPlan plan, MicrobatchRange node, DropoutKey dropout, Span<float> gradient)
    {
        Check.That(ReductionTree.IsNode(node, plan.Count));
        Check.That(weights.Length == _layout.Count);
        Check.That(gradient.Length == _layout.Count);
        Check.That(source.Features == _shape.Inputs);
        DropoutKey? key = _shape.Dropout > 0f ? dropout : null;
        int rowsMax = _features.StaysBytes(source) ? System.Math.Min(_rowsMax, GradientLimits.RowsMaxOfBytes) : _rowsMax;
        return Node(new GradientInputs(weights, source, plan, node, key, rowsMax), node, gradient, depth: 0);
    }

    private PartialStatistics Node(in GradientInputs inputs, MicrobatchRange node, Span<float> gradient, int depth)
    {
        int rows = inputs.Plan.SampleCount(node);
        if (rows <= inputs.RowsMax)
        {
            return AtOnce(inputs, node, rows, gradient);
        }

        if (node.Count == 1)
        {
            return Blocks(inputs, node, gradient);
        }

        (MicrobatchRange left, MicrobatchRange right) = ReductionTreeSplit.Children(node);
        PartialStatistics leftStatistics = Node(inputs, left, gradient, depth + 1);
        Span<float> rightGradient = _scratch.Gradient(depth);
        PartialStatistics rightStatistics = Node(inputs, right, rightGradient, depth + 1);
        Add.Into(_gemm.InstructionSet, gradient, rightGradient);
        return PartialStatistics.Combine(leftStatistics, rightStatistics);
    }

    private PartialStatistics AtOnce(in GradientInputs inputs, MicrobatchRange node, int rows, Span<float> gradient)
    {
        int first = inputs.Plan.FirstSample(node.First);
        ReadOnlySpan<float> outputDZ = ForwardBackward(inputs, first, rows);
        ReadOnlySpan<int> ends = _scratch.Ends(inputs.Plan, node);
        for (int layer = 0; layer < _shape.LayerCount; layer++)
        {
            var target = new DenseGradient(_layout, layer, gradient);
            ReadOnlySpan<float> dZ = DZ(layer, rows, outputDZ);
            DenseInput X = layer == 0 && _nonzero.MayReplace(dZ) ? _nonzero.Block : Input(inputs, layer, rows);
            Dense.BackwardParametersTree(_gemm, ends, X, dZ, Stride(layer), target);
        }

        return new PartialStatistics(LossTree(firstRow: 0, ends), _loss.Correct, rows);
    }

    private PartialStatistics Blocks(in GradientInputs inputs, MicrobatchRange microbatch, Span<float> gradient)
    {
        int first = inputs.Plan.FirstSample(microbatch.First);
        int count = inputs.Plan.SampleCount(microbatch);
        double lossSum = 0.0;
        int correct = 0;
        for (int done = 0; done < count; done += inputs.RowsMax)
        {
            int rows = System.Math.Min(inputs.RowsMax, count - done);
            ReadOnlySpan<float> outputDZ = ForwardBackward(inputs, first + done, rows);
            for (int layer = 0; layer < _shape.LayerCount; layer++)
            {
                var target = new DenseGradient(_layout, layer, gradient);
                Dense.BackwardParameters(
                    _gemm, rows, Input(inputs, layer, rows), DZ(layer, rows, outputDZ), Stride(layer), target, accumulate: done > 0);
            }

            lossSum = _loss.SumLosses(lossSum, 0, rows);
            correct += _loss.Correct;
        }

        return new PartialStatistics(lossSum, correct, count);
    }

    /// <summary>
    /// Gathers samples <paramref name="first"/> … and leaves the activations and dZ of every hidden layer in place; returns the output
    /// layer's dZ.
    /// </summary>
    private ReadOnlySpan<float> ForwardBackward(in GradientInputs inputs, int first, int rows)
    {
        Span<int> labels = _scratch.Labels(rows);
        _features.Gather(inputs.Source, first, labels, inputs.PositionAfter(first + rows));
        ReadOnlySpan<float> W = new DenseParameters(_layout, 0, inputs.Weights).W;
        bool isPart = _nonzero.Take(_features.Block, rows, inputs.Source.ByteScale, W);
        _forward.Run(inputs.Weights, isPart ? _nonzero.Block : _features.Block, rows, inputs.Dropout, first);
        Span<float> dZ = LossBackward(_forward.Logits(rows), labels);
        _backward.Run(inputs.Weights, _forward, dZ, rows, inputs.Dropout, first);
        return dZ;
    }

    private Span<float> LossBackward(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels)
    {
        Span<float> dZ = _loss.Run(logits, labels);
        if (_smoothing.Epsilon == 0f)
        {
            CrossEntropy.Backward(labels, dZ);
        }
        else
        {
            _loss.Smooth(logits, labels, _smoothing);
            CrossEntropy.Backward(labels, _smoothing, dZ);
        }

        return dZ;
    }

    private DenseInput Input(in GradientInputs inputs, int layer, int rows) => layer == 0
        ? _features.Block
        : _forward.Output(layer - 1, rows, inputs.Dropout is not null);

    private ReadOnlySpan<float> DZ(int layer, int rows, ReadOnlySpan<float> outputDZ) =>
        layer == _shape.Hidden.Count ? outputDZ : _backward.DZ(layer, rows);

    private int Stride(int layer) => layer == _shape.Hidden.Count ? _forward.LogitStride : _shape.Hidden[layer];

    private double LossTree(int firstRow, ReadOnlySpan<int> ends)
    {
        if (ends.Length == 1)
        {
            return _loss.SumLosses(0.0, firstRow, ends[0] - firstRow);
        }

        (MicrobatchRange left, _) = ReductionTreeSplit.Children(new MicrobatchRange(0, ends.Length));
        return LossTree(firstRow, ends[..left.Count]) + LossTree(ends[left.Count - 1], ends[left.Count..]);
    }
}
