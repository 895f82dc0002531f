using System.Runtime.InteropServices;
using Distributed.Numerics.Models;
using Distributed.Protocol.Datasets;
using Distributed.Protocol.Wire.Messages;
using Google.Protobuf;

namespace Distributed.Protocol.Wire;

/// <summary>A run's description as a worker of another process is told it: what the arithmetic depends on, and nothing else.</summary>
public static class RunCodec
{
    private const int HiddenLayersMax = 1024;

    /// <summary>The message for <paramref name="run"/>.</summary>
    public static Run Encode(RunDescription run)
    {
        bool all = run.TrainingSamples.AsSpan().SequenceEqual(Enumerable.Range(0, run.TrainingSamples.Length).ToArray());
        return new Run
        {
            Features = run.Shape.Inputs,
            Classes = run.Shape.Outputs,
            Hidden = { run.Shape.Hidden },
            Activation = (int)run.Shape.Activation,
            Dropout = run.Shape.Dropout,
            LabelSmoothing = run.Recipe.LabelSmoothing,
            Epochs = run.Recipe.Epochs,
            BatchSize = run.Recipe.BatchSize,
            Microbatches = run.Recipe.Microbatches,
            Seed = run.Recipe.Seed,
            ScaleOffset = run.Scale.Offset,
            ScaleFactor = run.Scale.Factor,
            TrainingSampleCount = run.TrainingSamples.Length,
            TrainingSamples = all ? ByteString.Empty : ByteString.CopyFrom(MemoryMarshal.AsBytes(run.TrainingSamples.AsSpan())),
        };
    }

    /// <summary>The run that <paramref name="message"/> describes.</summary>
    /// <exception cref="WireException">No such run can be.</exception>
    public static RunDescription Decode(Run message)
    {
        Require(message.Features is >= 1 and <= DatasetLimits.FeaturesMax, $"{message.Features} features");
        Require(message.Classes is >= 2 and <= DatasetLimits.ClassesMax, $"{message.Classes} classes");
        Require(message.Hidden.Count <= HiddenLayersMax, $"{message.Hidden.Count} hidden layers");
        Require(Enum.IsDefined((Activation)message.Activation), $"activation {message.Activation}");
        Require(message.Dropout is >= 0 and < 1, $"dropout {message.Dropout}");
        Require(message.LabelSmoothing is >= 0 and < 1, $"label smoothing {message.LabelSmoothing}");
        Require(message.Epochs >= 1, $"{message.Epochs} epochs");
        Require(message.BatchSize >= 0, $"batch size {message.BatchSize}");
        Require(message.Microbatches >= 1, $"{message.Microbatches} microbatches");
        RequireParameters(message);
        var recipe = new Recipe
        {
            Name = "joined",
            Hidden = [.. message.Hidden],
            Activation = (Activation)message.Activation,
            Dropout = message.Dropout,
            LabelSmoothing = message.LabelSmoothing,
            Epochs = message.Epochs,
            BatchSize = message.BatchSize,
            Microbatches = message.Microbatches,
            Seed = message.Seed,
        };
        var scale = new FeatureScale(message.ScaleOffset, message.ScaleFactor);
        return new RunDescription(recipe, scale, recipe.ShapeFor(message.Features, message.Classes), Samples(message));
    }

    /// <summary>The product of layer sizes is bounded before any buffer is made from it.</summary>
    private static void RequireParameters(Run message)
    {
        long parameters = 0;
        long columns = message.Features;
        foreach (int units in message.Hidden.Append(message.Classes))
        {
            Require(units is >= 1 and <= ProtocolLimits.TensorFloatsMax, $"a layer of {units} units");
            parameters += (columns + 1) * units;
            Require(parameters <= ProtocolLimits.TensorFloatsMax, $"more than {ProtocolLimits.TensorFloatsMax} parameters");
            columns = units;
        }
    }

    private static int[] Samples(Run message)
    {
        int count = message.TrainingSampleCount;
        Require(count is >= 1 and <= DatasetLimits.SamplesMax, $"{count} training samples");
        if (message.TrainingSamples.IsEmpty)
        {
            return Enumerable.Range(0, count).ToArray();
        }

        Require(message.TrainingSamples.Length == (long)count * sizeof(int), $"{message.TrainingSamples.Length} bytes for {count} training samples");
        int[] samples = MemoryMarshal.Cast<byte, int>(message.TrainingSamples.Span).ToArray();
        Require(samples.AsSpan().IndexOfAnyExceptInRange(0, DatasetLimits.SamplesMax - 1) < 0, "a training sample's index outside the dataset");
        return samples;
    }

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new WireException($"the run has {what}, which this program does not allow.");
        }
    }
}
