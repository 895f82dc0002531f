using Distributed.Coordinator.Commands;
using Distributed.Numerics.Models;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Tests.Commands;

/// <summary>Four pictures of 4×4 pixels in three classes, and a model that takes the third for class 0.</summary>
public sealed class FakeModelSource : IModelSource, IClassifier
{
    private static readonly float[][] Answers = [[0.75f, 0.25f, 0f], [0.125f, 0.75f, 0.125f], [0.5f, 0.25f, 0.25f], [0f, 1f, 0f]];
    private static readonly byte[] Pixels = [.. Enumerable.Range(0, 64).Select(i => (byte)(i % 3 == 0 ? 255 : i % 3 == 1 ? 0 : 40))];

    public ModelQuery? Asked { get; private set; }

    public OpenedModel Open(ModelQuery query)
    {
        Asked = query;
        return new OpenedModel(Open(query.RunOrModel), Dataset.OfBytes(16, 3, Pixels, [0, 1, 1, 1]), "test samples of tiny");
    }

    public ReadyModel Open(string runOrModel) => new()
    {
        Recipe = "tiny",
        Shape = new NetworkShape(16, [], 3, Activation.Relu, 0),
        WeightsDigest = new Digest(new string('b', 64)),
        Classifier = this,
    };

    public PartialStatistics Evaluate(Dataset samples) => new(LossSum: 2, Correct: 3, Samples: 4);

    public void Probabilities(Dataset samples, int first, int count, Span<float> probabilities)
    {
        for (int i = 0; i < count; i++)
        {
            Answers[first + i].CopyTo(probabilities[(i * 3)..]);
        }
    }
}
