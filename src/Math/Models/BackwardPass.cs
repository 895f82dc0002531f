using Distributed.Numerics.Kernels;
using Distributed.Numerics.Layers;

namespace Distributed.Numerics.Models;

/// <summary>From the output layer's dZ to the dZ of every hidden layer, for a block of rows. Layer 1 needs no input gradient.</summary>
internal sealed class BackwardPass
{
    private readonly NetworkShape _shape;
    private readonly ParameterLayout _layout;
    private readonly Gemm _gemm;
    private readonly float[][] _dZ;

    public BackwardPass(NetworkShape shape, ParameterLayout layout, Gemm gemm)
    {
        _shape = shape;
        _layout = layout;
        _gemm = gemm;
        _dZ = new float[shape.Hidden.Count][];
        Array.Fill(_dZ, []);
    }

    /// <summary>dZ of hidden layer <paramref name="layer"/>: rows×units.</summary>
    public ReadOnlySpan<float> DZ(int layer, int rows) => _dZ[layer].AsSpan(0, rows * _shape.Hidden[layer]);

    /// <summary>Runs from the last hidden layer to the first.</summary>
    /// <param name="weights">The flat parameters.</param>
    /// <param name="forward">The forward pass of the same rows.</param>
    /// <param name="outputDZ">Rows×<see cref="ForwardPass.LogitStride"/>.</param>
    /// <param name="rows">Samples.</param>
    /// <param name="dropout">As in the forward pass.</param>
    /// <param name="firstPosition">As in the forward pass.</param>
    public void Run(
        ReadOnlySpan<float> weights, ForwardPass forward, ReadOnlySpan<float> outputDZ, int rows, DropoutKey? dropout, int firstPosition)
    {
        ReadOnlySpan<float> above = outputDZ;
        int stride = forward.LogitStride;
        for (int layer = _shape.Hidden.Count - 1; layer >= 0; layer--)
        {
            Buffers.Reserve(ref _dZ[layer], rows * _shape.Hidden[layer]);
            Span<float> dZ = _dZ[layer].AsSpan(0, rows * _shape.Hidden[layer]);
            var parameters = new DenseParameters(_layout, layer + 1, weights);
            if (_shape.Activation == Activation.Relu)
            {
                Relu(forward.Activation(layer, rows), above, stride, parameters, dZ, rows, dropout is not null);
            }
            else
            {
                Dense.BackwardInput(_gemm, rows, above, stride, parameters, dZ);
                Smooth(layer, forward.Activation(layer, rows), dZ, dropout, firstPosition);
            }

            above = dZ;
            stride = _shape.Hidden[layer];
        }
    }

    /// <summary>A unit that dropout or ReLU silenced has output 0 and so gradient 0; the others carry dropout's factor.</summary>
    private void Relu(
        ReadOnlySpan<float> output, ReadOnlySpan<float> above, int stride, DenseParameters next, Span<float> dZ, int rows, bool dropout)
    {
        Dense.BackwardInput(_gemm, rows, above, stride, next, dZ, GemmEpilogue.ReluGradient(output, next.In));
        if (dropout)
        {
            Scale.InPlace(_gemm.InstructionSet, dZ, Dropout.KeptScale(_shape.Dropout));
        }
    }

    private void Smooth(int layer, ReadOnlySpan<float> activation, Span<float> dZ, DropoutKey? dropout, int firstPosition)
    {
        if (dropout is { } key)
        {
            var mask = new DropoutMask(key.Seed, key.Step, layer, _shape.Dropout);
            Dropout.Apply(_gemm.InstructionSet, mask, firstPosition, _shape.Hidden[layer], dZ, dZ);
        }

        Activations.Backward(_gemm.InstructionSet, _shape.Activation, activation, dZ);
    }
}
