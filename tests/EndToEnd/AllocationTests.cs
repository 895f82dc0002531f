namespace Distributed.EndToEnd;

/// <summary>Alone in the process while it counts.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>A step of a run that is under way takes next to nothing from the garbage collector.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests(ITestOutputHelper log) : IDisposable
{
    private const long BytesPerStepMax = 1024;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("scratch-mlp")]
    [InlineData("adam-mlp")]
    public async Task AStepAllocatesLessThanAKilobyte(string recipe)
    {
        // The first run also pays for what a process allocates once.
        await AllocatedAsync(recipe, samples: 6_400);

        // One worker: with several, how many threads evaluate at once is up to chance, and each brings its buffers.
        // Both runs have one epoch, one evaluation and one checkpoint: what differs is the number of steps.
        long few = await AllocatedAsync(recipe, samples: 6_400);
        long many = await AllocatedAsync(recipe, samples: 57_600);
        int batch = recipe == "adam-mlp" ? 64 : 32;
        double perStep = (double)(many - few) / ((57_600 - 6_400) / batch);
        log.WriteLine($"{recipe}: {perStep:F0} bytes per step, metrics and progress included");
        Assert.True(perStep < BytesPerStepMax, $"{perStep} bytes per step");
    }

    private async Task<long> AllocatedAsync(string recipe, int samples)
    {
        string[] arguments = ["--recipe", recipe, "--epochs", "1", "--workers", "1", "--train-samples", $"{samples}", "--validation-split", "1000"];
        long before = GC.GetTotalAllocatedBytes(precise: true);
        await Trainer.TrainAsync(_folder, arguments);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
