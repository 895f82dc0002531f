using System.Net;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Recipes;
using Distributed.Coordinator.Training;
using Distributed.Coordinator.Web;
using Distributed.Protocol;
using Distributed.Protocol.Plan;

namespace Distributed.Browser;

/// <summary>A run that trains nothing: what its dashboard shows is what a test tells it.</summary>
internal static class SilentRun
{
    private static readonly TrainingSummary Summary = new()
    {
        Recipe = RecipeCatalog.DefaultName,
        Layers = "784-128-10",
        Parameters = 101_770,
        TrainSamples = 60_000,
        ValidationSamples = 0,
        TestSamples = 10_000,
        Workers = 4,
        Epochs = 5,
        StepsPerEpoch = 1875,
        RunDirectory = "runs/scratch-mlp-1",
    };

    /// <summary>The run, begun.</summary>
    internal static RunWatch Watch()
    {
        var watch = new RunWatch(
            new Nobody(), RecipeCatalog.Default, new StepSchedule(60_000, 32, 8, 5), 60_000, EarlierRun.None, TimeProvider.System);
        watch.RunStarted(Summary);
        return watch;
    }

    /// <summary>Its dashboard.</summary>
    internal static Task<DashboardHost> ServeAsync(RunWatch watch) => DashboardHost.StartAsync(
        new DashboardSettings(new IPEndPoint(IPAddress.Loopback, 0), null, null), watch, new RunControls(() => { }, () => { }), TimeProvider.System);

    /// <summary>Something happened to a worker.</summary>
    internal static void Tell(RunWatch watch, int worker, string kind, string text)
    {
        watch.Happened(new RunEvent(kind, text, new WorkerId(worker)));
        watch.Event(text, EventLevel.Warning);
    }

    private sealed class Nobody : ITrainingObserver
    {
        public void RunStarted(TrainingSummary summary)
        {
        }

        public void StepDone(StepProgress progress)
        {
        }

        public void EpochDone(EpochProgress progress)
        {
        }

        public void Event(string text, EventLevel level)
        {
        }
    }
}
