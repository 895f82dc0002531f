using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Exports;
using Distributed.Coordinator.Exports.Onnx;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Tests.Data;
using Distributed.Coordinator.Tests.Exports;
using static Distributed.Coordinator.Tests.Commands.CommandLineRunner;

namespace Distributed.Coordinator.Tests.Commands;

/// <summary>A model from a run's folder becomes a file of each format.</summary>
public sealed class ExportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TrainedModel _model = SampleNetwork.Make();

    public ExportCommandTests() => ModelFile.Write(new FolderRunStore(_folder.Path), ModelFile.Name, _model, "1.2.3");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("out.onnx", null)]
    [InlineData("out.npz", null)]
    [InlineData("out.safetensors", null)]
    [InlineData("out", "npz")]
    public void The_file_is_written_and_named_with_the_weights_digest(string name, string? format)
    {
        var runner = new CommandLineRunner();
        string output = File(name);
        string[] formatWords = format is null ? [] : ["--format", format];
        Assert.Equal(ExitCode.Done, runner.Run(["export", _folder.Path, "--output", output, .. formatWords]));
        Assert.Equal($"{output}\nweights digest {_model.ComputeWeightsDigest()}\n", runner.Output);
        Assert.Equal("", runner.Error);

        var store = new FolderRunStore(_folder.Path);
        ModelExport.Write(_model, ModelExport.FormatOf(format, name), store, "expected", new OnnxOptions { ProgramVersion = "1.2.3" });
        Assert.Equal(System.IO.File.ReadAllBytes(File("expected")), System.IO.File.ReadAllBytes(output));
    }

    [Fact]
    public void A_model_file_is_taken_too_and_onnx_has_its_options()
    {
        var runner = new CommandLineRunner();
        runner.Run(["export", File(ModelFile.Name), "--output", File("out.onnx"), "--logits", "--scaled-features"]);
        ModelProto message = ModelProto.Parser.ParseFrom(System.IO.File.ReadAllBytes(File("out.onnx")));
        Assert.Equal(["Gemm", "Relu", "Gemm", "Relu", "Gemm"], message.Graph.Node.Select(node => node.OpType));
    }

    [Fact]
    public void What_cannot_be_done_is_one_sentence()
    {
        Assert.Equal("export needs --output FILE, the file to write", Refusal(["export", _folder.Path]));
        Assert.StartsWith("The name 'm.bin' does not end in onnx", Refusal(["export", _folder.Path, "--output", "m.bin"]));
        Assert.StartsWith("The format 'h5' is not known", Refusal(["export", _folder.Path, "--output", "m", "--format", "h5"]));
        Assert.StartsWith("nowhere is neither a run's folder nor a model file", Refusal("export nowhere --output m.npz"));
        Assert.StartsWith("--logits has no effect on npz", Refusal(["export", _folder.Path, "--output", File("m.npz"), "--logits"]));
        Assert.False(System.IO.File.Exists(File("m.npz")));
    }

    private string File(string name) => Path.Combine(_folder.Path, name);
}
