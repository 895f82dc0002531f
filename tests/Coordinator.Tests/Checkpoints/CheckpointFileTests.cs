using System.Text;
using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Tests.Storage;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Checkpoints;

public sealed class CheckpointFileTests
{
    private const string Path = "checkpoints/step-00000007.safetensors";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Comes_back_bit_for_bit(bool verify)
    {
        var store = new MemoryRunStore();
        TrainingCheckpoint written = SampleCheckpoint.Make();
        long bytes = CheckpointFile.Write(store, Path, written, verify);
        TrainingCheckpoint read = CheckpointFile.Read(store, Path);

        Assert.Equal(store.Read(Path).Length, bytes);
        AssertSame(written, read);
    }

    [Fact]
    public void Does_not_depend_on_when_it_is_written()
    {
        var store = new MemoryRunStore();
        CheckpointFile.Write(store, "a", SampleCheckpoint.Make());
        CheckpointFile.Write(store, "b", SampleCheckpoint.Make());
        Assert.Equal(store.Read("a"), store.Read("b"));
    }

    [Fact]
    public void Every_torn_prefix_is_detected()
    {
        byte[] whole = SmallFile();
        for (int length = 0; length < whole.Length; length++)
        {
            AssertRefused(whole[..length], $"a prefix of {length} bytes");
        }

        AssertRefused([.. whole, 0], "a byte too many");
    }

    [Fact]
    public void Every_flipped_bit_is_detected()
    {
        byte[] whole = SmallFile();
        for (int bit = 0; bit < 8 * whole.Length; bit++)
        {
            byte[] rotten = [.. whole];
            rotten[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertRefused(rotten, $"bit {bit % 8} of byte {bit / 8} flipped");
        }
    }

    [Fact]
    public void Every_zeroed_tail_is_detected()
    {
        byte[] whole = SmallFile();
        for (int start = 0; start < whole.Length; start++)
        {
            byte[] torn = new byte[whole.Length];
            whole.AsSpan(0, start).CopyTo(torn);
            if (!torn.AsSpan().SequenceEqual(whole))
            {
                AssertRefused(torn, $"zeros from byte {start}");
            }
        }
    }

    [Theory]
    [InlineData("\"moment2.W1\"", "\"moment9.W1\"", "no tensor 'moment2.W1' (optimizer moment moment2)")]
    [InlineData("\"W2\"", "\"V2\"", "no tensor 'W2' (weights)")]
    [InlineData("\"power.beta2\"", "\"power.betaX\"", "no 'power.beta2'")]
    [InlineData("\"step\":", "\"stop\":", "no 'step'")]
    [InlineData("\"epoch_loss_sum\":", "\"epoch_loss_sun\":", "no 'epoch_loss_sum'")]
    [InlineData("\"optimizer_moments\":", "\"optimizer_momentz\":", "no 'optimizer_moments'")]
    [InlineData("\"seed\":\"18446744073709551615\"", "\"seed\":\"18446744073709551614\"", "'seed' is '18446744073709551614'")]
    [InlineData("\"step\":\"7\"", "\"step\":\"x\"", "'step' holds 'x'")]
    [InlineData("\"classes\":\"3\"", "\"classes\":\"1\"", "'classes' is 1, and 2 is the least")]
    [InlineData("\"classes\":\"3\"", "\"classes\":\"4\"", "[5, 3], and F32 [5, 4] is needed")]
    [InlineData("distributed-checkpoint", "distributed-checkpaint", "'kind' is 'distributed-checkpaint'")]
    [InlineData("\\\"hidden\\\":[4,5]", "\\\"hidden\\\":[0,5]", "layer 1 of its network is 2×0")]
    [InlineData("\\\"dropout\\\":", "\\\"dropant\\\":", "The recipe in")]
    public void A_missing_or_impossible_part_is_named(string from, string to, string expected)
    {
        var store = new MemoryRunStore();
        CheckpointFile.Write(store, Path, SampleCheckpoint.Make());
        store.Plant("edited", Resealed.Replace(store.Read(Path), from, to));
        var exception = Assert.Throws<InputException>(() => CheckpointFile.Read(store, "edited"));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains("memory:edited", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_is_no_checkpoint()
    {
        var store = new MemoryRunStore();
        ModelFile.Write(store, "m", SampleModel.Make(), "1.0");
        var exception = Assert.Throws<InputException>(() => CheckpointFile.Read(store, "m"));
        Assert.Contains("'distributed-model'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verification_sees_what_the_disk_lost()
    {
        var store = new MemoryRunStore();
        var rotting = new RottingStore(store);
        var exception = Assert.Throws<IOException>(() => CheckpointFile.Write(rotting, Path, SampleCheckpoint.Make(), verify: true));
        Assert.Contains("did not keep", exception.Message, StringComparison.Ordinal);
        Assert.Empty(store.List("checkpoints"));
    }

    internal static void AssertSame(TrainingCheckpoint expected, TrainingCheckpoint actual)
    {
        Assert.Equal(RecipeJson.Write(expected.Recipe), RecipeJson.Write(actual.Recipe));
        Assert.Equal(expected.DataDigest, actual.DataDigest);
        Assert.Equal(expected.ProgramVersion, actual.ProgramVersion);
        Assert.Equal((expected.Features, expected.Classes), (actual.Features, actual.Classes));
        Assert.Equal(BitConverter.SingleToInt32Bits(expected.Scale.Offset), BitConverter.SingleToInt32Bits(actual.Scale.Offset));
        Assert.Equal(BitConverter.SingleToInt32Bits(expected.Scale.Factor), BitConverter.SingleToInt32Bits(actual.Scale.Factor));
        Assert.Equal(expected.Position, actual.Position);
        AssertBits(expected.Weights, actual.Weights);
        Assert.Equal(expected.Moments.Select(moment => moment.Name), actual.Moments.Select(moment => moment.Name));
        foreach ((OptimizerMoment left, OptimizerMoment right) in expected.Moments.Zip(actual.Moments))
        {
            AssertBits(left.Values, right.Values);
        }

        Assert.Equal(expected.Powers.ToDictionary(pair => pair.Key, pair => BitConverter.DoubleToInt64Bits(pair.Value)),
            actual.Powers.ToDictionary(pair => pair.Key, pair => BitConverter.DoubleToInt64Bits(pair.Value)));
        Assert.Equal(expected.Extra, actual.Extra);
    }

    internal static void AssertBits(float[] expected, float[] actual) =>
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), actual.Select(BitConverter.SingleToInt32Bits));

    private static byte[] SmallFile()
    {
        var store = new MemoryRunStore();
        CheckpointFile.Write(store, Path, SampleCheckpoint.Make(small: true));
        return store.Read(Path);
    }

    private static void AssertRefused(byte[] bytes, string what)
    {
        var store = new MemoryRunStore();
        store.Plant(Path, bytes);
        try
        {
            _ = CheckpointFile.Read(store, Path);
        }
        catch (InputException exception)
        {
            Assert.Contains(Path, exception.Message, StringComparison.Ordinal);
            return;
        }

        Assert.Fail($"A checkpoint with {what} was accepted:\n{Encoding.Latin1.GetString(bytes)}");
    }
}
