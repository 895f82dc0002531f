using System.Buffers.Binary;
using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Exports;
using Distributed.Coordinator.Exports.Onnx;
using Distributed.Coordinator.Tests.Data;
using Distributed.Coordinator.Tests.Storage;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Exports;

public sealed class ModelExportTests
{
    private readonly MemoryRunStore _store = new();
    private readonly TrainedModel _model = SampleNetwork.Make();

    [Theory]
    [InlineData("onnx", "x", ExportFormat.Onnx)]
    [InlineData("NPZ", "x.onnx", ExportFormat.Npz)]
    [InlineData(null, "runs/1/x.safetensors", ExportFormat.Safetensors)]
    [InlineData(null, "x.NPZ", ExportFormat.Npz)]
    public void The_format_is_named_or_is_the_names_ending(string? format, string path, ExportFormat expected) =>
        Assert.Equal(expected, ModelExport.FormatOf(format, path));

    [Fact]
    public void Other_formats_are_refused_with_those_that_are_known()
    {
        InputException unknown = Assert.Throws<InputException>(() => ModelExport.FormatOf("h5", "x"));
        Assert.Contains("'h5' is not known; onnx, safetensors or npz", unknown.Message);
        InputException unsaid = Assert.Throws<InputException>(() => ModelExport.FormatOf(null, "model"));
        Assert.Contains("'model' does not end in onnx", unsaid.Message);
    }

    [Fact]
    public void Every_format_is_written_whole_and_the_same_each_time()
    {
        foreach (ExportFormat format in Enum.GetValues<ExportFormat>())
        {
            ModelExport.Write(_model, format, _store, "a", new OnnxOptions());
            ModelExport.Write(_model, format, _store, "b", new OnnxOptions());
            Assert.Equal(_store.Read("a"), _store.Read("b"));
            Assert.Equal(["a", "b"], _store.List(""));
        }
    }

    [Fact]
    public void Safetensors_is_the_model_file_itself()
    {
        ModelExport.Write(_model, ExportFormat.Safetensors, _store, "export", new OnnxOptions { ProgramVersion = "1.0" });
        ModelFile.Write(_store, "model", _model, "1.0");
        Assert.Equal(_store.Read("model"), _store.Read("export"));
    }

    [Fact]
    public void Onnx_has_the_options()
    {
        ModelExport.Write(_model, ExportFormat.Onnx, _store, "m.onnx", new OnnxOptions { Softmax = false });
        Assert.Equal(OnnxExport.Logits, ModelProto.Parser.ParseFrom(_store.Read("m.onnx")).Graph.Output[0].Name);
    }

    /// <summary>
    /// Readers that go from array to array, without the archive's directory at its end, need the sizes in front of the data.
    /// </summary>
    [Fact]
    public void The_archives_arrays_carry_their_sizes_and_begin_aligned()
    {
        ModelExport.Write(_model, ExportFormat.Npz, _store, "m.npz", new OnnxOptions());
        ReadOnlySpan<byte> file = _store.Read("m.npz");
        const int LocalHeaderBytes = 30;
        const int FirstArrayBytes = 128 + (4 * 6 * 5);
        Assert.Equal(0x04034B50u, BinaryPrimitives.ReadUInt32LittleEndian(file));
        Assert.Equal(0, BinaryPrimitives.ReadUInt16LittleEndian(file[8..]));
        Assert.Equal(FirstArrayBytes, BinaryPrimitives.ReadInt32LittleEndian(file[18..]));
        Assert.Equal(FirstArrayBytes, BinaryPrimitives.ReadInt32LittleEndian(file[22..]));
        Assert.Equal("W1.npy", System.Text.Encoding.ASCII.GetString(file.Slice(LocalHeaderBytes, 6)));
    }

    [Fact]
    public void A_full_disk_leaves_the_old_file()
    {
        ModelExport.Write(_model, ExportFormat.Onnx, _store, "m.onnx", new OnnxOptions());
        byte[] old = _store.Read("m.onnx");
        _store.Capacity = old.Length + 100;
        var other = new OnnxOptions { Softmax = false };
        Assert.Throws<IOException>(() => ModelExport.Write(_model, ExportFormat.Onnx, _store, "m.onnx", other));
        Assert.Equal(old, _store.Read("m.onnx"));
        Assert.Equal(["m.onnx"], _store.List(""));
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_a_sentence()
    {
        using var folder = new TemporaryFolder();
        string inTheWay = folder.Write("file", "not a folder");
        string output = Path.Combine(inTheWay, "m.onnx");
        InputException refusal = Assert.Throws<InputException>(
            () => ModelExport.WriteFile(_model, ExportFormat.Onnx, output, new OnnxOptions()));
        Assert.StartsWith($"--output {output}: the file cannot be written: ", refusal.Message);

        ModelExport.WriteFile(_model, ExportFormat.Npz, Path.Combine(folder.Path, "new", "m.npz"), new OnnxOptions());
        Assert.True(File.Exists(Path.Combine(folder.Path, "new", "m.npz")));
    }
}
