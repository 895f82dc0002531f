using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Tuning;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Commands;

/// <summary>Trains nothing: a trial comes to what <see cref="Outcome"/> says, and leaves no files.</summary>
public sealed class FakeTrials : ITrialSource, ITrialTrainer
{
    private readonly List<TrialWork> _trained = [];

    /// <summary>What was trained, in order.</summary>
    public IReadOnlyList<TrialWork> Trained => _trained;

    public DataOptions? Asked { get; private set; }

    /// <summary>Given a piece of work; null for one that was stopped. By default higher numbers are better.</summary>
    public Func<TrialWork, TrialResult?> Outcome { get; set; } = work => Reached(work, accuracy: work.Trial.Number / 100.0);

    public Digest DataDigest { get; set; } = new(new string('d', 64));

    public int Samples => 1000;

    public static TrialResult Reached(TrialWork work, double accuracy) => new()
    {
        Trial = work.Trial.Number,
        Rung = work.Rung,
        Epochs = work.Epochs,
        ValidationAccuracy = accuracy,
        ValidationLoss = 1 - accuracy,
        IsComplete = work.Epochs == work.Trial.Recipe.Epochs,
        WeightsDigest = $"{work.Trial.Number:x64}",
    };

    public static TrialResult Failed(TrialWork work, string reason) =>
        new() { Trial = work.Trial.Number, Rung = work.Rung, Epochs = 0, Failure = reason };

    public ITrialTrainer Load(DataOptions data)
    {
        Asked = data;
        return this;
    }

    public Task<TrialResult?> TrainAsync(TrialWork work, ITrainingObserver observer, CancellationToken stop)
    {
        lock (_trained)
        {
            _trained.Add(work);
            return Task.FromResult(stop.IsCancellationRequested ? null : Outcome(work));
        }
    }

    public double? TestAccuracy(string folder) => 0.5;
}
