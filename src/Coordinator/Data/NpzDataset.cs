using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Data;

/// <summary>Datasets from an NPZ file with the names that Keras' mnist.npz made usual.</summary>
public static class NpzDataset
{
    /// <summary>The arrays that are read.</summary>
    public const string ExpectedNames = "x_train, y_train and, for a test set, x_test, y_test";

    /// <summary>The training arrays and, where there are any, the test arrays.</summary>
    public static (Dataset Train, Dataset? Test) ReadBoth(Stream file, string name)
    {
        using NpzArchive archive = NpzArchive.Open(file, name);
        Dataset train = ReadPair(archive, "train", LabelRule.Training);
        bool hasTest = archive.Arrays.Contains("x_test") || archive.Arrays.Contains("y_test");
        return (train, hasTest ? ReadPair(archive, "test", LabelRule.TestFor(train)) : null);
    }

    /// <summary>The test arrays only.</summary>
    public static Dataset ReadTest(Stream file, string name, LabelRule rule)
    {
        using NpzArchive archive = NpzArchive.Open(file, name);
        return ReadPair(archive, "test", rule);
    }

    private static Dataset ReadPair(NpzArchive archive, string part, LabelRule rule)
    {
        using ByteSource x = archive.OpenArray($"x_{part}");
        NpyFeatures features = NpyReader.ReadFeatures(x);
        using ByteSource y = archive.OpenArray($"y_{part}");
        int[] labels = NpyReader.ReadLabels(y, rule);
        return labels.Length == features.Samples
            ? features.Values.ToDataset(labels, rule.ClassesOf(labels))
            : throw new InputException(
                $"{features.Name} has {features.Samples} samples, but y_{part} has {labels.Length} labels; the two must agree.");
    }
}
