using System.Text.Json;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.TensorBoard;
using Distributed.Numerics.Models;

namespace Distributed.Peers;

/// <summary>
/// A reader that shares no code with us, written from the format's description, finds what was written and no step twice.
/// </summary>
public sealed class TensorBoardTests
{
    private static readonly ParameterLayout Layout = ParameterLayout.For(new NetworkShape(30, [20], 10, Activation.Relu, Dropout: 0f));

    [Fact]
    public void Another_reader_finds_the_same_series_after_a_resume()
    {
        using var scratch = new ScratchFolder();
        var store = new FolderRunStore(scratch.Root);
        float[] weights = [.. Enumerable.Range(0, Layout.Count).Select(index => MathF.Sin(index))];
        using (TensorBoardWriter writer = TensorBoardWriter.Start(store, TimeProvider.System, Assert.Fail))
        {
            Train(writer, 1, 30, weights);
        }

        using (TensorBoardWriter writer = TensorBoardWriter.Resume(store, TimeProvider.System, Assert.Fail, step: 20))
        {
            Train(writer, 21, 40, weights);
        }

        JsonElement[] files = [.. JsonDocument.Parse(PythonPeer.Run("read_events.py", scratch.Root)).RootElement.EnumerateArray()];

        Assert.Equal(2, files.Length);
        Assert.All(files, file => Assert.Equal("brain.Event:2", file[0].GetProperty("file_version").GetString()));
        Assert.Equal([(0, 1), (21, 1)], files.Select(file => (Step(file[1]), file[1].GetProperty("session").GetInt32())));
        JsonElement[] events = [.. files.SelectMany(file => file.EnumerateArray())];
        JsonElement[] losses = [.. events.Where(message => Has(message, "loss/minibatch"))];
        Assert.Equal(Enumerable.Range(1, 40), losses.Select(Step));
        Assert.All(losses, message => Assert.Equal(1f / Step(message), Value(message, "loss/minibatch").GetSingle()));
        AssertHistograms([.. events.Where(message => Has(message, "weights/W1"))], weights.AsSpan(0, 600).ToArray());
    }

    private static void Train(TensorBoardWriter writer, int first, int last, float[] weights)
    {
        for (int step = first; step <= last; step++)
        {
            writer.WriteScalars(step, ("loss/minibatch", 1.0 / step));
            if (step % 10 == 0)
            {
                writer.WriteHistograms(step, "weights", Layout, weights);
            }
        }
    }

    private static void AssertHistograms(JsonElement[] events, float[] values)
    {
        Assert.Equal([10, 20, 30, 40], events.Select(Step));
        JsonElement histogram = Value(events[0], "weights/W1");
        Assert.Equal(values.Length, histogram.GetProperty("num").GetDouble());
        Assert.Equal(values.Min(), histogram.GetProperty("min").GetDouble());
        double lower = double.NegativeInfinity;
        foreach ((double limit, double count) in Numbers(histogram, "limits").Zip(Numbers(histogram, "counts")))
        {
            double upper = limit == values.Max() ? double.PositiveInfinity : limit;
            Assert.Equal(values.Count(value => value >= lower && value < upper), count);
            lower = upper;
        }
    }

    private static int Step(JsonElement message) => message.GetProperty("step").GetInt32();

    private static bool Has(JsonElement message, string tag) =>
        message.TryGetProperty("values", out JsonElement values) && values.TryGetProperty(tag, out _);

    private static JsonElement Value(JsonElement message, string tag) => message.GetProperty("values").GetProperty(tag);

    private static IEnumerable<double> Numbers(JsonElement histogram, string name) =>
        histogram.GetProperty(name).EnumerateArray().Select(number => number.GetDouble());
}
