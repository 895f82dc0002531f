using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Data;

/// <summary>Datasets from pairs of IDX files.</summary>
public static class IdxDataset
{
    /// <summary>The training pair of <paramref name="folder"/> and, where there is one, its test pair; unpacked side by side.</summary>
    public static (Dataset Train, Dataset? Test) ReadBoth(IdxFolder folder)
    {
        (string trainImages, string trainLabels) = folder.Training;
        if (!folder.HoldsTest)
        {
            return (Read(trainImages, trainLabels, LabelRule.Training), null);
        }

        (string testImages, string testLabels) = folder.Test;
        Task<IdxImages> testPixels = Task.Run(() => ReadImages(testImages));
        Dataset train = Read(trainImages, trainLabels, LabelRule.Training);
        return (train, Join(testPixels.GetAwaiter().GetResult(), testLabels, LabelRule.TestFor(train)));
    }

    /// <summary>The test pair only.</summary>
    public static Dataset ReadTest(IdxFolder folder, LabelRule rule)
    {
        (string images, string labels) = folder.Test;
        return Read(images, labels, rule);
    }

    private static Dataset Read(string imagesPath, string labelsPath, LabelRule rule) => Join(ReadImages(imagesPath), labelsPath, rule);

    private static IdxImages ReadImages(string path)
    {
        using ByteSource source = ByteSource.OpenFile(path);
        return IdxReader.ReadImages(source);
    }

    private static Dataset Join(IdxImages images, string labelsPath, LabelRule rule)
    {
        using ByteSource source = ByteSource.OpenFile(labelsPath);
        int[] labels = IdxReader.ReadLabels(source, rule);
        return labels.Length == images.Count
            ? Dataset.OfBytes(images.Features, rule.ClassesOf(labels), images.Pixels, labels)
            : throw new InputException(
                $"{images.Name} holds {images.Count} images, but {labelsPath} holds {labels.Length} labels; " +
                "the two files must belong together and agree.");
    }
}
