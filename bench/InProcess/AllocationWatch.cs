using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Hosting;

namespace Distributed.Bench.InProcess;

/// <summary>
/// Watches a whole run in this process and takes the bytes it allocates between two looks of the same epoch. What is allocated once per
/// epoch (evaluation, checkpoint) or once per run does not count.
/// </summary>
internal sealed class AllocationWatch : ITrainingObserver
{
    private int _epoch;
    private int _step;
    private long _allocated;
    private long _bytes;

    /// <summary>Steps between the looks that count.</summary>
    public long Steps { get; private set; }

    public double BytesPerStep => Steps > 0 ? (double)_bytes / Steps : double.NaN;

    /// <summary>Trains and returns what was seen from the second epoch on.</summary>
    public static AllocationWatch Train(string recipe, int workers, int epochs)
    {
        var watch = new AllocationWatch();
        var mnist = new MnistLocator(AppContext.BaseDirectory, Environment.CurrentDirectory);
        var session = new TrainingSession(mnist, TimeProvider.System, Environment.ProcessorCount, "bench", []);
        string folder = Directory.CreateTempSubdirectory("bench-run-").FullName;
        try
        {
            var options = new TrainOptions
            {
                Recipe = TrainingSetup.Recipe(recipe) with { Epochs = epochs },
                Workers = workers,
                SingleProcess = true,
                RunDirectory = folder,
            };
            session.RunAsync(options, watch, CancellationToken.None).GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return watch;
    }

    public void RunStarted(TrainingSummary summary)
    {
    }

    public void StepDone(StepProgress progress)
    {
        if (progress.Epoch == _epoch && _epoch > 1)
        {
            _bytes += GC.GetTotalAllocatedBytes(precise: true) - _allocated;
            Steps += progress.Step - _step;
        }

        _epoch = progress.Epoch;
        _step = progress.Step;
        _allocated = GC.GetTotalAllocatedBytes(precise: true);
    }

    public void EpochDone(EpochProgress progress) => _epoch = 0;

    public void Event(string text, EventLevel level)
    {
    }
}
