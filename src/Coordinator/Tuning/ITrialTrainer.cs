using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Data;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tuning;

/// <summary>Loads the samples of a tuning.</summary>
public interface ITrialSource
{
    /// <summary>Loads the samples, once for all trials.</summary>
    /// <exception cref="InputException">They cannot be used.</exception>
    ITrialTrainer Load(DataOptions data);
}

/// <summary>Trains trials on samples that are loaded. Trials may be trained at once, each by one caller.</summary>
public interface ITrialTrainer
{
    /// <summary>Of the training samples.</summary>
    Digest DataDigest { get; }

    /// <summary>Training samples, validation among them.</summary>
    int Samples { get; }

    /// <summary>Trains a trial to the end of a rung, from where its folder says it is; null when <paramref name="stop"/> came first.</summary>
    /// <param name="work">What to train, and where.</param>
    /// <param name="observer">Told what a person may want to see.</param>
    /// <param name="stop">Cancelled when the trial is to stop after the open step, with a checkpoint.</param>
    /// <exception cref="IOException">The trial's files cannot be written.</exception>
    Task<TrialResult?> TrainAsync(TrialWork work, ITrainingObserver observer, CancellationToken stop);

    /// <summary>Share of the test samples that the model in <paramref name="folder"/> gets right; null without test samples.</summary>
    double? TestAccuracy(string folder);
}

/// <summary>A trial to be trained.</summary>
/// <param name="Trial">Which one.</param>
/// <param name="Rung">The number of the rung.</param>
/// <param name="Epochs">Where it ends.</param>
/// <param name="Folder">The trial's run.</param>
/// <param name="Workers">Workers to use.</param>
/// <param name="Arguments">The command line that trains the same.</param>
public sealed record TrialWork(Trial Trial, int Rung, int Epochs, string Folder, int Workers, IReadOnlyList<string> Arguments);
