using Distributed.Coordinator.Data;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Tests.Data;

public sealed class DataLoaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Folder => _folder.Path;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AFolderOfIdxFilesMayMixPlainAndPacked()
    {
        _folder.Write("train-images-idx3-ubyte", Idx.Images(3));
        _folder.Write("train-labels-idx1-ubyte.gz", Idx.Gzip(Idx.Labels(0, 3, 1)));
        _folder.Write("t10k-images.idx3-ubyte", Idx.Gzip(Idx.Images(2)));
        _folder.Write("t10k-labels.idx1-ubyte", Idx.Labels(3, 3));

        LoadedData data = Load(Folder);

        Assert.Equal([0, 3, 1], data.Train.Labels);
        Assert.Equal([3, 3], data.Test!.Labels);
        Assert.Equal(4, data.Test.Classes);
        Assert.Equal(
            $"{Folder}: 3 training samples, 2 test samples, 6 features (bytes), 4 classes; no training sample has the label 2",
            data.Description);
    }

    [Fact]
    public void OtherDatasetsInTheSameFormHaveAPrefix()
    {
        _folder.Write("emnist-letters-train-images-idx3-ubyte", Idx.Images(2));
        _folder.Write("emnist-letters-train-labels-idx1-ubyte", Idx.Labels(0, 1));
        _folder.Write("emnist-letters-test-images-idx3-ubyte", Idx.Images(1));
        _folder.Write("emnist-letters-test-labels-idx1-ubyte", Idx.Labels(1));
        Assert.Equal(1, Load(Folder).Test!.Count);
    }

    [Fact]
    public void WithoutTestFilesThereIsNoTestSet()
    {
        WriteTraining();
        Assert.Null(Load(Folder).Test);
        Assert.Contains("no test samples", Load(Folder).Description, StringComparison.Ordinal);
    }

    [Fact]
    public void ThePlainFileCountsBesideItsPackedOne()
    {
        WriteTraining();
        _folder.Write("train-images-idx3-ubyte.gz", "not read"u8.ToArray());
        Assert.Equal(2, Load(Folder).Train.Count);
    }

    [Fact]
    public void FoldersThatDoNotHoldTheFilesAreNamed()
    {
        Bad.Input(() => Load(Folder), Folder, "train-images", "t10k-labels-idx1-ubyte", "nothing");

        WriteTraining();
        string images = _folder.Write("fashion-train-images-idx3-ubyte", Idx.Images(2));
        Bad.Input(() => Load(Folder), Folder, "train-images-idx3-ubyte", "fashion-train-images-idx3-ubyte", "leave one");
        File.Delete(images);

        _folder.Write("t10k-images-idx3-ubyte", Idx.Images(1));
        Bad.Input(() => Load(Folder), Folder, "t10k-labels", "\"train-images-idx3-ubyte\"");
    }

    [Fact]
    public void CountsThatDisagreeAreNamed()
    {
        WriteTraining();
        _folder.Write("train-labels-idx1-ubyte", Idx.Labels(0, 1, 1));
        Bad.Input(() => Load(Folder), "train-images-idx3-ubyte", "2 images", "train-labels-idx1-ubyte", "3 labels");
    }

    [Fact]
    public void TestDataMayComeFromElsewhere()
    {
        string train = _folder.Write("train.csv", "a,digit\n1,0\n2,1\n");
        string test = _folder.Write("test.csv", "a,digit\n7.5,1\n");
        LoadedData data = Load(train, test, "digit");
        Assert.Equal([7.5f], data.Test!.Floats!);
        Assert.Equal([1, 2], data.Train.Bytes!);
        Assert.Contains($"1 test samples from {test}", data.Description, StringComparison.Ordinal);

        string npz = _folder.Write("all.npz", Npz.Small());
        Assert.Equal(1, Load(npz, npz).Test!.Count);
        Assert.Equal(6, Load(npz).Test!.Features);
    }

    [Fact]
    public void TestDataMustFitTheTrainingData()
    {
        string train = _folder.Write("train.csv", "0,1,2\n1,3,4\n");
        Bad.Input(() => Load(train, _folder.Write("wide.csv", "0,1,2,3\n")), "wide.csv", "3 features", "train.csv", "have 2");
        Bad.Input(() => Load(train, _folder.Write("classes.csv", "0,1,2\n2,1,2\n")), "classes.csv", "line 2", "\"2\"", "0 to 1");
        Bad.Input(() => Load(train, Folder), Folder, "t10k-images");
    }

    [Fact]
    public void OneClassCannotBeLearnt() =>
        Bad.Input(() => Load(_folder.Write("one.csv", "0,1,2\n0,3,4\n")), "one.csv", "two classes", "--label-column");

    [Fact]
    public void LabelColumnsBelongToCsvFiles() =>
        Bad.Input(() => Load(_folder.Write("all.npz", Npz.Small()), labelColumn: "digit"), "--label-column digit", "all.npz", "CSV");

    [Fact]
    public void MissingFilesAreNamedWithTheNearestOnes()
    {
        _folder.Write("train.csv", "0,1\n1,2\n");
        Bad.Input(() => Load(Path.Combine(Folder, "trian.csv")), "trian.csv", "no such file", "did you mean train.csv?");
        Bad.Input(() => Load(Path.Combine(Folder, "quite-different.npz")), "quite-different.npz", "no such file", "spelling");
        Bad.Input(() => Load(Path.Combine(Folder, "nowhere", "train.csv")), "train.csv", "nowhere does not exist");
        Bad.Input(() => Load("minst"), "--data minst", "did you mean mnist?");
        Bad.Input(() => Load(""), "--data", "empty", ".csv");
        Bad.Input(() => Load(Path.Combine(Folder, "train.csv"), "mnits"), "--test-data mnits", "did you mean mnist?");
    }

    [Fact]
    public void OtherKindsOfFileAreNamed()
    {
        Bad.Input(() => Load(_folder.Write("data.parquet", "?")), "--data", "data.parquet", "\".parquet\"", ".npz", "IDX");
        Bad.Input(() => Load(_folder.Write("x.npy", "?")), "x.npy", "numpy.savez");
        Bad.Input(() => Load(_folder.Write("train-images-idx3-ubyte.gz", Idx.Gzip(Idx.Images(1)))), "IDX", $"--data {Folder}");
        Bad.Input(() => Load(_folder.Write("fake.npz", "1,2\n3,4\n")), "fake.npz", "zip", "numpy.savez");
    }

    private void WriteTraining()
    {
        _folder.Write("train-images-idx3-ubyte", Idx.Images(2));
        _folder.Write("train-labels-idx1-ubyte", Idx.Labels(0, 1));
    }

    private LoadedData Load(string data, string? testData = null, string? labelColumn = null) =>
        new DataLoader(new MnistLocator(Folder, Folder)).Load(new DataOptions(data, testData, labelColumn));
}
