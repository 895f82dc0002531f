using System.Text.Json;
using Distributed.Coordinator.Data;
using Distributed.Protocol.Datasets;

namespace Distributed.EndToEnd;

/// <summary>A sample that comes in a file of its own gets the probabilities that it gets as part of its dataset, to the last digit.</summary>
public sealed class OwnSampleTests : IDisposable
{
    private const int Index = 5;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ADigitInEveryForm()
    {
        string run = _folder.NewRun();
        await TrainAsync(run, "--recipe", "softmax-regression", "--train-samples", "500");
        string expected = await ProbabilitiesAsync(run, "--index", $"{Index}");
        Dataset digits = IdxDataset.ReadBoth(new MnistLocator(AppContext.BaseDirectory, AppContext.BaseDirectory).Find()).Test!;
        byte[] pixels = digits.Bytes!.AsSpan(Index * digits.Features, digits.Features).ToArray();
        await File.WriteAllBytesAsync(_folder.File("digit.raw"), pixels);
        await File.WriteAllTextAsync(_folder.File("digit.csv"), string.Join(',', pixels));
        await File.WriteAllTextAsync(_folder.File("labelled.csv"), $"{digits.Labels[Index]},{string.Join(',', pixels)}");
        await File.WriteAllBytesAsync(_folder.File("digit-idx3-ubyte"), [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28, .. pixels]);
        foreach (string file in new[] { "digit.raw", "digit.csv", "labelled.csv", "digit-idx3-ubyte" })
        {
            Assert.Equal(expected, await ProbabilitiesAsync(run, _folder.File(file)));
        }
    }

    /// <summary>The scale of a table that is no bytes travels with the model.</summary>
    [Fact]
    public async Task ARowOfATable()
    {
        string data = SmallData.Write(_folder, "data.csv", samples: 60, seed: 1);
        string run = _folder.NewRun();
        await TrainAsync(run, "--data", data, "--scale", "standard");
        Assert.Equal(await ProbabilitiesAsync(run, "--index", $"{Index}"), await ProbabilitiesAsync(run, data, "--index", $"{Index}"));
    }

    private static async Task TrainAsync(string run, params string[] arguments)
    {
        Result trained = await Trainer.RunAsync(["--run-dir", run, "--epochs", "1", .. arguments], CancellationToken.None);
        Assert.True(trained.ExitCode == 0, trained.Error);
    }

    private static async Task<string> ProbabilitiesAsync(string run, params string[] arguments)
    {
        Result predicted = await Trainer.RunAsync(["predict", run, .. arguments, "--json"], CancellationToken.None);
        Assert.True(predicted.ExitCode == 0, predicted.Error);
        return JsonDocument.Parse(predicted.Output).RootElement.GetProperty("probabilities").GetRawText();
    }
}
