using System.Diagnostics;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Hosting;
using Distributed.Protocol;

namespace Distributed.Bench.InProcess;

/// <summary>
/// Watches a whole run in this process and takes what it uses between two looks of the same epoch. What is done once per epoch
/// (evaluation, checkpoint) or once per run does not count.
/// </summary>
internal sealed class RunWatch : ITrainingObserver
{
    private int _epoch;
    private int _step;
    private long _allocated;
    private TimeSpan _used;
    private long _bytes;
    private TimeSpan _processorTime;

    /// <summary>Steps between the looks that count.</summary>
    public long Steps { get; private set; }

    public double BytesPerStep => Steps > 0 ? (double)_bytes / Steps : double.NaN;

    /// <summary>Processor time of the whole process, all threads.</summary>
    public double ProcessorSecondsPerStep => Steps > 0 ? _processorTime.TotalSeconds / Steps : double.NaN;

    /// <summary>Trains and returns what was seen from the second epoch on.</summary>
    public static RunWatch Train(Recipe recipe, int workers)
    {
        var watch = new RunWatch();
        var mnist = new MnistLocator(AppContext.BaseDirectory, Environment.CurrentDirectory);
        var session = new TrainingSession(mnist, TimeProvider.System, Environment.ProcessorCount, "bench", []);
        string folder = Directory.CreateTempSubdirectory("bench-run-").FullName;
        try
        {
            var options = new TrainOptions
            {
                Recipe = recipe,
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
            _processorTime += ProcessorTime() - _used;
            Steps += progress.Step - _step;
        }

        _epoch = progress.Epoch;
        _step = progress.Step;
        // Last, so that what this look itself allocates is not counted.
        _used = ProcessorTime();
        _allocated = GC.GetTotalAllocatedBytes(precise: true);
    }

    public void EpochDone(EpochProgress progress) => _epoch = 0;

    public void Event(string text, EventLevel level)
    {
    }

    private static TimeSpan ProcessorTime()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }
}
