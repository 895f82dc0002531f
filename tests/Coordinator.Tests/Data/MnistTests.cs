using System.Security.Cryptography;
using Distributed.Coordinator.Data;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Tests.Data;

/// <summary>The real files, as they come with the program.</summary>
public sealed class MnistTests
{
    private static readonly MnistLocator Locator = new(AppContext.BaseDirectory, Path.GetTempPath());

    [Theory]
    [InlineData("train-images-idx3-ubyte", 47_040_016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db")]
    [InlineData("train-labels-idx1-ubyte", 60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5")]
    [InlineData("t10k-images-idx3-ubyte", 7_840_016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7")]
    [InlineData("t10k-labels-idx1-ubyte", 10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2")]
    public void TheBytesAreTheOnesThatTheReadmeRecords(string name, int bytes, string digest)
    {
        string folder = Locator.Find().Folder;
        string path = Path.Combine(folder, name + ".gz");
        byte[] content = new byte[bytes];
        using (ByteSource source = ByteSource.OpenFile(path))
        {
            source.Fill(content, "the file");
            source.ExpectEnd("the file");
        }

        Assert.Equal(digest, Hex(content));
        string readme = File.ReadAllText(Path.Combine(folder, "README.md"));
        Assert.Contains($"| `{name}` | {bytes:N0} | `{digest}` |", readme, StringComparison.Ordinal);
        byte[] packed = File.ReadAllBytes(path);
        Assert.Contains($"| `{name}.gz` | {packed.Length:N0} | `{Hex(packed)}` |", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadsAsItsAuthorsDescribeIt()
    {
        LoadedData data = new DataLoader(Locator).Load(new DataOptions("mnist"));

        Assert.Equal("mnist: 60000 training samples, 10000 test samples, 784 features (bytes), 10 classes", data.Description);
        Assert.Equal([5, 0, 4, 1, 9, 2, 1, 3, 1, 4], data.Train.Labels[..10]);
        Assert.Equal([7, 2, 1, 0, 4, 1, 4, 9, 5, 9], data.Test!.Labels[..10]);
        Assert.Equal(784 * 60_000, data.Train.Bytes!.Length);
        Assert.Equal(10, data.Test.Classes);
    }

    [Fact]
    public void TheTestSetServesOtherTrainingData()
    {
        using var folder = new TemporaryFolder();
        string row = string.Concat(Enumerable.Repeat(",0", 784));
        string train = folder.Write("train.csv", $"0{row}\n9{row}\n");
        Assert.Equal(10_000, new DataLoader(Locator).Load(new DataOptions(train, "mnist")).Test!.Count);
    }

    [Fact]
    public void IsFoundBesideAndAboveTheProgramAndTheWorkingFolder()
    {
        using var place = new TemporaryFolder();
        string deep = Directory.CreateDirectory(Path.Combine(place.Path, "bin", "Release")).FullName;
        string mnist = Directory.CreateDirectory(Path.Combine(place.Path, "data", "mnist")).FullName;
        File.WriteAllBytes(Path.Combine(mnist, "train-images-idx3-ubyte.gz"), []);

        Assert.Equal(mnist, new MnistLocator(place.Path, Path.GetTempPath()).Find().Folder);
        Assert.Equal(mnist, new MnistLocator(deep, Path.GetTempPath()).Find().Folder);
        Assert.Equal(mnist, new MnistLocator(Path.GetTempPath(), deep).Find().Folder);
    }

    [Fact]
    public void WhenItIsNowhereTheErrorSaysWhereItWasLookedFor()
    {
        using var program = new TemporaryFolder();
        using var working = new TemporaryFolder();
        var locator = new MnistLocator(program.Path, working.Path);
        Bad.Input(() => locator.Find(), program.Path, working.Path, Path.Combine("data", "mnist"), "--data DIR");
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
