using Distributed.Coordinator.Exports;
using Distributed.Coordinator.Tests.Data;
using Distributed.Numerics.Models;
using Distributed.Protocol;
using static Distributed.Coordinator.Tests.Exports.OtherTensor;

namespace Distributed.Coordinator.Tests.Exports;

/// <summary>A file that does not fit is refused in one sentence that says what was expected, what was found and what is wrong.</summary>
public sealed class WeightMismatchTests : IDisposable
{
    private static readonly ParameterLayout Layout = ParameterLayout.For(new NetworkShape(3, [2], 2, Activation.Relu, 0f));
    private static readonly OtherTensor[] Good =
    [
        Zeros("W1", 3, 2), Zeros("b1", 2), Zeros("W2", 2, 2), Zeros("b2", 2),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Expected_and_found_are_listed()
    {
        string message = Refusal(Zeros("0.weight", 5, 3), Zeros("0.bias", 5), Zeros("2.weight", 2, 5), Zeros("2.bias", 2));
        Assert.Contains("w.safetensors' does not fit the network: '0.bias F32 [5]' does not fit b1, which has 2 values; ", message);
        Assert.Contains("expected W1 [3, 2], b1 [2], W2 [2, 2], b2 [2], weights as in×out or all as out×in, and found ", message);
        Assert.EndsWith("and found 0.weight F32 [5, 3], 0.bias F32 [5], 2.weight F32 [2, 5], 2.bias F32 [2].", message);
    }

    [Fact]
    public void A_matrix_that_does_not_fit_is_named() => AssertRefused(
        "'W1 F32 [4, 2]' does not fit W1, which is 3×2 (in×out)", Zeros("W1", 4, 2), Good[1], Good[2], Good[3]);

    [Fact]
    public void Matrices_that_lie_differently_are_refused()
    {
        var layout = ParameterLayout.For(new NetworkShape(3, [2], 4, Activation.Relu, 0f));
        string path = Write(Zeros("W1", 3, 2), Zeros("b1", 2), Zeros("W2", 4, 2), Zeros("b2", 4));
        string message = Assert.Throws<InputException>(() => WeightImport.Read(path, layout)).Message;
        Assert.Contains("'W2 F32 [4, 2]' lies the other way round", message);
    }

    [Fact]
    public void Missing_layers_weights_and_biases_are_named()
    {
        AssertRefused("it has 1 dense layer, and the network has 2", Good[0], Good[1]);
        AssertRefused("the weight 'W1 F32 [3, 2]' has no bias beside it (zeros would do)", Good[0], Good[2], Good[3]);
        AssertRefused("the bias 'b2 F32 [2]' has no weight beside it", Good[0], Good[1], Good[3]);
        AssertRefused("no tensor is named as a weight or a bias", Zeros("theta", 14));
        AssertRefused("no tensor is named as a weight or a bias");
    }

    [Fact]
    public void A_layer_too_many_is_refused_and_long_lists_are_cut()
    {
        OtherTensor[] many = [.. Enumerable.Range(1, 10).SelectMany(layer => new[] { Zeros($"W{layer}", 2, 2), Zeros($"b{layer}", 2) })];
        string message = Refusal(many);
        Assert.Contains("it has 10 dense layers, and the network has 2", message);
        Assert.EndsWith("… (20 in all).", message);
    }

    [Fact]
    public void An_order_that_nothing_tells_is_refused()
    {
        var layout = ParameterLayout.For(new NetworkShape(2, [2], 2, Activation.Relu, 0f));
        string path = Write(Zeros("left.weight", 2, 2), Zeros("left.bias", 2), Zeros("right.weight", 2, 2), Zeros("right.bias", 2));
        string message = Assert.Throws<InputException>(() => WeightImport.Read(path, layout)).Message;
        Assert.Contains("'left' and 'right' both fit W1 and carry no numbers", message);
        string none = Refusal(Zeros("left.weight", 7, 7), Zeros("left.bias", 7), Zeros("right.weight", 2, 2), Zeros("right.bias", 2));
        Assert.Contains("no layer is left that fits W1 and b1", none);
    }

    [Fact]
    public void A_numbered_series_is_never_reordered()
    {
        OtherTensor[] reversed = [Zeros("0.weight", 2, 2), Zeros("0.bias", 2), Zeros("2.weight", 2, 3), Zeros("2.bias", 2)];
        AssertRefused("'0.weight F32 [2, 2]' does not fit W1", reversed);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void Weights_must_be_finite(float value, string shown)
    {
        OtherTensor bad = Floats("W2", [2, 2], 0, 0, value, 0);
        AssertRefused($"value 2 of 'W2 F32 [2, 2]', counted row by row from 0, is {shown} as float32", Good[0], Good[1], bad, Good[3]);
    }

    [Fact]
    public void A_double_that_float32_cannot_hold_is_refused() =>
        AssertRefused("is Infinity as float32", Good[0], Doubles("b1", [2], 1e300, 0), Good[2], Good[3]);

    [Fact]
    public void Whole_numbers_are_no_weights()
    {
        var bad = new OtherTensor("b1", "I64", [2], new byte[16]);
        AssertRefused("the values of 'b1' are I64; F32, F64, F16 and BF16 are read", Good[0], bad, Good[2], Good[3]);
        string path = _folder.Write("w.npz", TensorFiles.Npz(Good[0], bad, Good[2], Good[3]));
        string message = Assert.Throws<InputException>(() => WeightImport.Read(path, Layout)).Message;
        Assert.Contains("w.npz: b1: weights are floating-point", message);
    }

    [Theory]
    [InlineData("model.pth", "a pickle can run code", "save_file")]
    [InlineData("model.h5", "HDF5 is not read", "numpy.savez")]
    [InlineData("model.txt", "FILE.safetensors or FILE.npz", "is not read")]
    [InlineData("nowhere.npz", "no such file", "nowhere.npz")]
    [InlineData("nowhere.safetensors", "no such file", "nowhere.safetensors")]
    public void Other_files_are_told_what_would_do(string name, string first, string second)
    {
        string message = Assert.Throws<InputException>(() => WeightImport.Read(System.IO.Path.Combine(_folder.Path, name), Layout)).Message;
        Assert.Contains(first, message);
        Assert.Contains(second, message);
    }

    /// <summary>Any damage is a sentence, never another exception.</summary>
    [Fact]
    public void Damaged_files_are_refused_or_read()
    {
        var random = new Random(1);
        foreach ((string name, byte[] file) in new[] { ("w.safetensors", TensorFiles.Safetensors(Good)), ("w.npz", TensorFiles.Npz(Good)) })
        {
            for (int i = 0; i < 500; i++)
            {
                byte[] damaged = [.. file.AsSpan(0, random.Next(4) == 0 ? random.Next(file.Length) : file.Length)];
                for (int flips = random.Next(4); flips > 0 && damaged.Length > 0; flips--)
                {
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                }

                string path = _folder.Write(name, damaged);
                Exception? exception = Record.Exception(() => WeightImport.Read(path, Layout));
                Assert.True(exception is null or InputException, $"{name}, change {i}: {exception}");
            }
        }
    }

    private static OtherTensor Zeros(string name, params int[] shape) =>
        Floats(name, shape, new float[shape.Aggregate(1, (product, dimension) => product * dimension)]);

    private string Write(params OtherTensor[] tensors) => _folder.Write("w.safetensors", TensorFiles.Safetensors(tensors));

    private string Refusal(params OtherTensor[] tensors)
    {
        string path = Write(tensors);
        return Assert.Throws<InputException>(() => WeightImport.Read(path, Layout)).Message;
    }

    private void AssertRefused(string reason, params OtherTensor[] tensors) => Assert.Contains(reason, Refusal(tensors));
}
