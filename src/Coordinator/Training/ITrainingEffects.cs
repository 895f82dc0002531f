using Distributed.Numerics.Models;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;
using Distributed.Protocol.Plan;

namespace Distributed.Coordinator.Training;

/// <summary>A completed step: where it lies, and what its minibatch's forward pass saw.</summary>
public readonly record struct StepRecord(StepPosition Position, PartialStatistics Statistics, float LearningRate, int Workers);

/// <summary>An epoch whose last step is done: sums over its minibatches as trained, dropout on.</summary>
/// <param name="Epoch">Counted from 1, as people count.</param>
/// <param name="Step">Steps done in the run.</param>
/// <param name="Training">Sums over the epoch's samples.</param>
/// <param name="LearningRate">Of its last step.</param>
/// <param name="Workers">Live workers at its end.</param>
public sealed record EpochSummary(int Epoch, int Step, PartialStatistics Training, float LearningRate, int Workers)
{
    /// <summary>Mean loss per sample.</summary>
    public double TrainLoss => Training.LossSum / Training.Samples;

    /// <summary>Share of samples answered correctly.</summary>
    public double TrainAccuracy => (double)Training.Correct / Training.Samples;
}

/// <summary>Why a run ended.</summary>
public enum RunEnd
{
    /// <summary>Every step is done.</summary>
    Completed,

    /// <summary>It was asked to stop; a checkpoint was asked for first.</summary>
    Stopped,

    /// <summary>It cannot go on; the last good checkpoint stays.</summary>
    Failed,
}

/// <summary>What happened, for the log and the metrics: a short kind (worker_joined, worker_lost …) and a sentence.</summary>
public readonly record struct RunEvent(string Kind, string Text, WorkerId? Worker = null);

/// <summary>What <see cref="TrainingRun"/> wants done. It never waits for an effect; answers come back as messages.</summary>
public interface ITrainingEffects
{
    /// <summary>Send <paramref name="assignment"/> to <paramref name="worker"/>, to whom the weights it names are already published.</summary>
    void Assign(WorkerId worker, Assignment assignment);

    /// <summary>The weights buffer now holds <paramref name="version"/>: make it known to every worker.</summary>
    void Publish(WeightsVersion version);

    /// <summary>
    /// Every partial of <paramref name="step"/> is in, and the weights are about to be updated with <paramref name="gradient"/>, which is lent for the call.
    /// </summary>
    void GradientComplete(StepPosition step, GradientSum gradient);

    /// <summary>
    /// Compute <paramref name="node"/> of the open <paramref name="step"/> in the coordinator's own process and answer with
    /// <see cref="TrainingRun.Arbitrated"/>.
    /// </summary>
    void Arbitrate(StepNumber step, MicrobatchRange node);

    /// <summary>Tell <paramref name="worker"/>, which is in quarantine, that this run takes nothing more from it, and keep its process out.</summary>
    void Dismiss(WorkerId worker, string reason);

    /// <summary>A step is complete.</summary>
    void StepDone(in StepRecord step);

    /// <summary>Evaluate the weights as they are and answer with <see cref="TrainingRun.EvaluationDone"/>.</summary>
    void Evaluate(EpochSummary epoch);

    /// <summary>Take a snapshot of the run, now, and save it.</summary>
    void Checkpoint(TrainingPosition position);

    /// <summary>Tell people.</summary>
    void Report(RunEvent happened);

    /// <summary>Nothing more will happen.</summary>
    void End(RunEnd end, string reason);
}
