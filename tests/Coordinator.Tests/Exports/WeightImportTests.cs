using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Exports;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Tests.Checkpoints;
using Distributed.Coordinator.Tests.Data;
using Distributed.Numerics.Models;
using static Distributed.Coordinator.Tests.Exports.OtherTensor;

namespace Distributed.Coordinator.Tests.Exports;

/// <summary>Whatever names and orientation a file has, the same weights arrive.</summary>
public sealed class WeightImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private static readonly ParameterLayout Layout = ParameterLayout.For(new NetworkShape(3, [2], 2, Activation.Relu, 0f));

    /// <summary>W1 = 1 2 / 3 4 / 5 6, b1 = 7 8, W2 = 9 10 / 11 12, b2 = 13 14.</summary>
    private static readonly float[] Expected = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Our_own_model_checkpoint_and_archive_are_taken()
    {
        TrainedModel model = SampleNetwork.Make();
        ParameterLayout layout = ParameterLayout.For(model.Shape);
        var store = new FolderRunStore(_folder.Path);
        ModelFile.Write(store, "model.safetensors", model, "1.0");
        ModelExport.Write(model, ExportFormat.Npz, store, "model.npz", new OnnxOptions());
        CheckpointFile.Write(store, "checkpoint.safetensors", CheckpointOf(model));

        AssertBits(model.Weights, WeightImport.Read(Path("model.safetensors"), layout).Values);
        AssertBits(model.Weights, WeightImport.Read(Path("model.npz"), layout).Values);
        AssertBits(model.Weights, WeightImport.Read(Path("checkpoint.safetensors"), layout).Values);
    }

    [Theory]
    [InlineData("0.", "2.")]
    [InlineData("fc1.", "fc2.")]
    [InlineData("layers.9.", "layers.10.")]
    [InlineData("module.net.0.linear.", "module.net.3.linear.")]
    [InlineData("fc1_", "fc2_")]
    [InlineData("body.", "head.")]
    public void PyTorch_matrices_are_transposed(string first, string second)
    {
        OtherTensor[] tensors =
        [
            Floats(second + "bias", [2], 13, 14),
            Floats(second + "weight", [2, 2], 9, 11, 10, 12),
            Floats(first + "bias", [2], 7, 8),
            Floats(first + "weight", [2, 3], 1, 3, 5, 2, 4, 6),
        ];
        ImportedWeights weights = Read(TensorFiles.Safetensors(tensors), "w.safetensors");
        AssertBits(Expected, weights.Values);
        Assert.Contains("PyTorch's names", weights.Explanation);
        Assert.Contains("transposed (out×in to in×out), as their shapes say", weights.Explanation);
        AssertBits(Expected, Read(TensorFiles.Npz(tensors), "w.npz").Values);
    }

    [Theory]
    [InlineData("dense/kernel:0", "dense/bias:0", "dense_1/kernel:0", "dense_1/bias:0")]
    [InlineData("params.Dense_0.kernel", "params.Dense_0.bias", "params.Dense_1.kernel", "params.Dense_1.bias")]
    [InlineData("arr_0", "arr_1", "arr_2", "arr_3")]
    [InlineData("W1", "b1", "W2", "b2")]
    public void Kernels_arrays_and_our_names_are_kept(string w1, string b1, string w2, string b2)
    {
        OtherTensor[] tensors =
        [
            Doubles(w1, [3, 2], 1, 2, 3, 4, 5, 6), Doubles(b1, [2], 7, 8), Doubles(w2, [2, 2], 9, 10, 11, 12), Doubles(b2, [1, 2], 13, 14),
        ];
        AssertBits(Expected, Read(TensorFiles.Npz(tensors), "w.npz").Values);
        ImportedWeights weights = Read(TensorFiles.Safetensors(tensors), "w.safetensors");
        Assert.Contains("kept as they lie (in×out), as their shapes say", weights.Explanation);
    }

    [Fact]
    public void Our_names_with_matrices_the_other_way_round_are_transposed_all_of_them()
    {
        byte[] file = TensorFiles.Npz(
            Floats("W1", [2, 3], 1, 3, 5, 2, 4, 6),
            Floats("b1", [2, 1], 7, 8),
            Floats("W2", [2, 2], 9, 11, 10, 12),
            Floats("b2", [2, 1], 13, 14));
        AssertBits(Expected, Read(file, "w.npz").Values);
    }

    [Theory]
    [InlineData("weight", "bias", true)]
    [InlineData("kernel", "bias", false)]
    public void Where_every_matrix_is_square_the_names_decide(string weight, string bias, bool transposed)
    {
        var layout = ParameterLayout.For(new NetworkShape(2, [], 2, Activation.Relu, 0f));
        string path = _folder.Write("w.safetensors", TensorFiles.Safetensors(Floats(weight, [2, 2], 1, 2, 3, 4), Floats(bias, [2], 5, 6)));
        ImportedWeights weights = WeightImport.Read(path, layout);
        AssertBits(transposed ? [1, 3, 2, 4, 5, 6] : [1, 2, 3, 4, 5, 6], weights.Values);
        Assert.Contains("as these names mean it, since square ones do not tell", weights.Explanation);
    }

    [Fact]
    public void Column_major_arrays_as_transposed_views_are_saved_are_read()
    {
        byte[] file = Npz.File(
            ("W1.npy", TensorFiles.Npy(Floats("W1", [3, 2], 1, 3, 5, 2, 4, 6), columnMajor: true)),
            ("b1.npy", TensorFiles.Npy(Floats("b1", [2], 7, 8))),
            ("W2.npy", TensorFiles.Npy(Floats("W2", [2, 2], 9, 11, 10, 12), columnMajor: true)),
            ("b2.npy", TensorFiles.Npy(Floats("b2", [2], 13, 14), columnMajor: true)));
        AssertBits(Expected, Read(file, "w.npz").Values);
    }

    [Fact]
    public void Shorter_and_longer_floats_become_float32()
    {
        byte[] file = TensorFiles.Safetensors(
            Halves("W1", [3, 2], 1, 2, 3, 4, 5, 6),
            BrainFloats("b1", [2], 7, 8),
            Doubles("W2", [2, 2], 9, 10, 11, 12),
            Floats("b2", [2], 13, 14));
        AssertBits(Expected, Read(file, "w.safetensors").Values);
        byte[] halves = TensorFiles.Npz(
            Halves("W1", [3, 2], 1, 2, 3, 4, 5, 6),
            Halves("b1", [2], 7, 8),
            Halves("W2", [2, 2], 9, 10, 11, 12),
            Halves("b2", [2], 13, 14));
        AssertBits(Expected, Read(halves, "w.npz").Values);
    }

    /// <summary>Networks of any shape, square layers among them: what a program saves in its own way arrives bit for bit.</summary>
    [Fact]
    public void Any_network_arrives_whoever_saved_it()
    {
        var random = new Random(11);
        for (int i = 0; i < 200; i++)
        {
            int[] sizes = [.. Enumerable.Range(0, random.Next(2, 6)).Select(_ => random.Next(2, 5))];
            var layout = ParameterLayout.For(new NetworkShape(sizes[0], sizes[1..^1], sizes[^1], Activation.Relu, 0f));
            float[] weights = [.. Enumerable.Range(0, layout.Count).Select(_ => random.NextSingle())];
            bool isTransposed = i % 2 == 0;
            OtherTensor[] tensors = [.. layout.Tensors.Select(tensor => Saved(tensor, weights, isTransposed))];
            random.Shuffle(tensors);
            AssertBits(weights, WeightImport.Read(_folder.Write("w.safetensors", TensorFiles.Safetensors(tensors)), layout).Values);
        }
    }

    private static OtherTensor Saved(ParameterTensor tensor, float[] weights, bool isTransposed)
    {
        float[] values = weights[tensor.Offset..(tensor.Offset + tensor.Count)];
        int number = int.Parse(tensor.Name[1..]);
        return (tensor.IsBias, isTransposed) switch
        {
            (true, true) => Floats($"net.{3 * number}.bias", [tensor.Columns], values),
            (false, true) => Floats($"net.{3 * number}.weight", [tensor.Columns, tensor.Rows], Columns(values, tensor)),
            (true, false) => Floats($"dense_{number}/bias", [tensor.Columns], values),
            (false, false) => Floats($"dense_{number}/kernel", [tensor.Rows, tensor.Columns], values),
        };
    }

    private static float[] Columns(float[] values, ParameterTensor tensor) =>
        [.. Enumerable.Range(0, values.Length).Select(index => values[(index % tensor.Rows * tensor.Columns) + (index / tensor.Rows)])];

    private static TrainingCheckpoint CheckpointOf(TrainedModel model)
    {
        TrainingCheckpoint sample = SampleCheckpoint.Make();
        return sample with
        {
            Recipe = sample.Recipe with { Hidden = model.Shape.Hidden },
            Features = model.Shape.Inputs,
            Classes = model.Shape.Outputs,
            Weights = model.Weights,
            Moments = [.. sample.Moments.Select(moment => moment with { Values = new float[model.Weights.Length] })],
        };
    }

    private ImportedWeights Read(byte[] file, string name) => WeightImport.Read(_folder.Write(name, file), Layout);

    private string Path(string name) => System.IO.Path.Combine(_folder.Path, name);

    private static void AssertBits(float[] expected, float[] actual) =>
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), actual.Select(BitConverter.SingleToInt32Bits));
}
