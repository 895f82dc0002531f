using Distributed.Numerics.Kernels;
using Distributed.Numerics.Layers;

namespace Distributed.Numerics.Models;

/// <summary>
/// Features to logits for a block of rows, keeping what the backward pass needs. A row's bits do not depend on the block it is in.
/// </summary>
internal sealed class ForwardPass
{
    private readonly NetworkShape _shape;
    private readonly ParameterLayout _layout;
    private readonly Gemm _gemm;
    private readonly float[][] _activations;
    private readonly float[][] _dropped;
    private float[] _logits = [];

    public ForwardPass(NetworkShape shape, ParameterLayout layout, Gemm gemm)
    {
        _shape = shape;
        _layout = layout;
        _gemm = gemm;
        _activations = new float[shape.Hidden.Count][];
        _dropped = new float[shape.Hidden.Count][];
        Array.Fill(_activations, []);
        Array.Fill(_dropped, []);
        LogitStride = Softmax.Stride(shape.Outputs);
    }

    /// <summary>Floats between two rows of logits.</summary>
    public int LogitStride { get; }

    /// <summary>Z of the output layer: rows×<see cref="LogitStride"/>, padded with -Inf.</summary>
    public ReadOnlySpan<float> Logits(int rows) => _logits.AsSpan(0, rows * LogitStride);

    /// <summary>
    /// f(Z) of hidden layer <paramref name="layer"/> as it was before dropout; after it for ReLU, whose derivative and mask both show in
    /// it.
    /// </summary>
    public ReadOnlySpan<float> Activation(int layer, int rows) => _activations[layer].AsSpan(0, rows * _shape.Hidden[layer]);

    /// <summary>What enters layer <paramref name="layer"/> + 1: the activation after dropout.</summary>
    public ReadOnlySpan<float> Output(int layer, int rows, bool dropout) =>
        dropout && KeepsBoth ? _dropped[layer].AsSpan(0, rows * _shape.Hidden[layer]) : Activation(layer, rows);

    /// <summary>Sigmoid's and tanh's derivatives need the activation without the mask.</summary>
    private bool KeepsBoth => _shape.Activation != Models.Activation.Relu;

    /// <summary>Runs all layers.</summary>
    /// <param name="weights">The flat parameters.</param>
    /// <param name="X">Rows×Inputs, as floats or as the dataset's bytes.</param>
    /// <param name="rows">Samples.</param>
    /// <param name="dropout">Null outside training.</param>
    /// <param name="firstPosition">Position in the minibatch of the first row.</param>
    public void Run(ReadOnlySpan<float> weights, DenseInput X, int rows, DropoutKey? dropout, int firstPosition)
    {
        Reserve(rows);
        DenseInput input = X;
        for (int layer = 0; layer < _shape.Hidden.Count; layer++)
        {
            Hidden(layer, input, weights, rows);
            if (dropout is { } key)
            {
                Drop(layer, rows, key, firstPosition);
            }

            input = Output(layer, rows, dropout is not null);
        }

        var parameters = new DenseParameters(_layout, _shape.Hidden.Count, weights);
        Dense.Forward(_gemm, rows, input, parameters, _logits, LogitStride, relu: false);
    }

    private void Hidden(int layer, DenseInput input, ReadOnlySpan<float> weights, int rows)
    {
        var parameters = new DenseParameters(_layout, layer, weights);
        Span<float> output = _activations[layer].AsSpan(0, rows * parameters.Out);
        bool relu = _shape.Activation == Models.Activation.Relu;
        Dense.Forward(_gemm, rows, input, parameters, output, parameters.Out, relu);
        if (!relu)
        {
            Activations.Forward(_gemm.InstructionSet, _shape.Activation, output);
        }
    }

    private void Drop(int layer, int rows, DropoutKey key, int firstPosition)
    {
        int units = _shape.Hidden[layer];
        var mask = new DropoutMask(key.Seed, key.Step, layer, _shape.Dropout);
        Span<float> source = _activations[layer].AsSpan(0, rows * units);
        Span<float> destination = KeepsBoth ? _dropped[layer].AsSpan(0, rows * units) : source;
        Dropout.Apply(_gemm.InstructionSet, mask, firstPosition, units, source, destination);
    }

    private void Reserve(int rows)
    {
        for (int layer = 0; layer < _shape.Hidden.Count; layer++)
        {
            Buffers.Reserve(ref _activations[layer], rows * _shape.Hidden[layer]);
            if (_shape.Dropout > 0f && KeepsBoth)
            {
                Buffers.Reserve(ref _dropped[layer], rows * _shape.Hidden[layer]);
            }
        }

        if (_logits.Length < rows * LogitStride)
        {
            // Products write the classes alone, so the padding stays as it is set here.
            _logits = new float[rows * LogitStride];
            _logits.AsSpan().Fill(float.NegativeInfinity);
        }
    }
}
