using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Inspection;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Tests.Checkpoints;
using Distributed.Coordinator.Tests.Data;
using Distributed.Numerics.Models;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Tests.Inspection;

public sealed class FileInspectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_checkpoint_shows_its_tensors_position_and_state()
    {
        FileInspection file = FileInspection.Read(WriteCheckpoint());
        Assert.Null(file.Fault);
        Assert.Equal(("checkpoint", true), (file.Kind, file.IsSealed));
        Assert.Equal(new StepNumber(7), file.Checkpoint!.Position.Step);
        Assert.Equal(["W1", "b1", "W2", "b2", "W3", "b3"], file.Tensors.Take(6).Select(tensor => tensor.Name));
        Assert.Equal([2L, 4L], file.Tensors[0].Shape);
        string text = string.Join('\n', InspectionText.Of(file, 200));
        Assert.Contains("moment1.W1", text, StringComparison.Ordinal);
        Assert.Contains("beta2 = 5E-324, best = \"quoted\" ümlaut", text, StringComparison.Ordinal);
        Assert.Contains("7 steps done; epoch 2 is next", text, StringComparison.Ordinal);
        Assert.Contains(Digest.Of(file.Checkpoint.Weights).Hex, text, StringComparison.Ordinal);
        Assert.Matches("\nlearning-rate +0.33333334\n", text);
    }

    [Fact]
    public void A_model_shows_its_network_and_digest()
    {
        TrainedModel model = SampleModel.Make();
        ModelFile.Write(new FolderRunStore(_folder.Path), ModelFile.Name, model, "1.0");
        FileInspection file = FileInspection.Read(At(ModelFile.Name));
        Assert.Equal(("model", null), (file.Kind, file.Fault));
        string text = string.Join('\n', InspectionText.Of(file, 200));
        Assert.Contains("6-5-4-3 sigmoid, 74 parameters", text, StringComparison.Ordinal);
        Assert.Matches($"weights digest +{model.ComputeWeightsDigest()}", text);
    }

    [Fact]
    public void Another_programs_file_is_read_whatever_its_types()
    {
        const string Header = """
            {"__metadata__":{"format":"pt\u001b[31m"},"h":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"n":{"dtype":"I64","shape":[],"data_offsets":[4,12]},
            "f8":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[12,13]},"none":{"dtype":"F32","shape":[0,3],"data_offsets":[13,13]}}
            """;
        byte[] data = [0, 0x3C, 0, 0x7C, .. BitConverter.GetBytes(-5L), 1];
        FileInspection file = FileInspection.Read(_folder.Write("other.safetensors", Resealed.Join(Header, data)));
        Assert.Equal(("safetensors file", null, false), (file.Kind, file.Fault, file.IsSealed));
        Assert.Equal(new TensorStatistics(1, double.PositiveInfinity, 1, NaN: 0, Infinite: 1), file.Tensors[0].Statistics);
        Assert.Equal(new TensorStatistics(-5, -5, -5, 0, 0), file.Tensors[1].Statistics);
        Assert.Null(file.Tensors[2].Statistics);
        Assert.Equal(new TensorStatistics(null, null, null, 0, 0), file.Tensors[3].Statistics);
        string text = string.Join('\n', InspectionText.Of(file, 200));
        Assert.Contains("format  pt?[31m", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public void NaN_and_infinities_are_counted_and_left_out_of_the_rest() => Assert.Equal(
        new TensorStatistics(double.NegativeInfinity, 3, 2, NaN: 2, Infinite: 1),
        TensorStatistics.Of<float>([float.NaN, 1, float.NegativeInfinity, 3, float.NaN], value => value));

    /// <summary>Wherever a file is cut, the byte named is where it ends or where the header promises too much.</summary>
    [Fact]
    public void A_torn_file_is_told_with_the_byte()
    {
        byte[] whole = File.ReadAllBytes(WriteCheckpoint());
        for (int length = 0; length < whole.Length; length += 1 + (length / 7))
        {
            FileInspection file = FileInspection.Read(_folder.Write("torn.safetensors", whole[..length]));
            Assert.Matches($@"\(byte ({length}|0) of the file\)\.$", file.Fault!);
            Assert.Equal(length, file.Bytes);
        }
    }

    [Fact]
    public void A_file_with_any_bit_flipped_is_told_and_shown_where_it_can_be()
    {
        byte[] whole = File.ReadAllBytes(WriteCheckpoint());
        for (int at = 0; at < whole.Length; at += 13)
        {
            byte[] rotten = [.. whole];
            rotten[at] ^= 1;
            Assert.NotNull(FileInspection.Read(_folder.Write("rotten.safetensors", rotten)).Fault);
        }

        whole[^5] ^= 0x40;
        FileInspection file = FileInspection.Read(_folder.Write("rotten.safetensors", whole));
        Assert.Contains($"its bytes 0 to {whole.Length - 1} give ", file.Fault, StringComparison.Ordinal);
        Assert.Equal(new StepNumber(7), file.Checkpoint!.Position.Step);
        Assert.False(file.IsSealed);
    }

    [Fact]
    public void A_sealed_checkpoint_without_a_part_is_told_by_the_part()
    {
        byte[] forged = Resealed.Replace(File.ReadAllBytes(WriteCheckpoint()), "\"epoch_correct\"", "\"epoch_korrect\"");
        FileInspection file = FileInspection.Read(_folder.Write("forged.safetensors", forged));
        Assert.Contains("its metadata has no 'epoch_correct'", file.Fault, StringComparison.Ordinal);
        Assert.NotEmpty(file.Tensors);
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    private string WriteCheckpoint()
    {
        CheckpointFile.Write(new FolderRunStore(_folder.Path), "checkpoint.safetensors", SampleCheckpoint.Make());
        return At("checkpoint.safetensors");
    }
}
