using Distributed.Coordinator.Training;
using Distributed.Protocol;
using Distributed.Protocol.Plan;

namespace Distributed.Coordinator.Actors;

/// <summary>What an epoch's weights achieve on samples that are not trained on; null where there are none.</summary>
public sealed record EpochEvaluation(Evaluation? Validation, Evaluation? Test);

/// <summary>Keeps what happened in a run: metrics, checkpoints, progress for people. Called from one thread, must not block for long.</summary>
public interface IRunRecorder
{
    /// <summary>Every partial of a step is in, and the weights are about to be updated with <paramref name="gradient"/>, which is lent for the call.</summary>
    void GradientComplete(StepPosition step, GradientSum gradient);

    /// <summary>A step is complete.</summary>
    void StepDone(in StepRecord step);

    /// <summary>An epoch is complete and evaluated.</summary>
    void EpochDone(EpochSummary epoch, EpochEvaluation evaluation, TimeSpan trainingTime);

    /// <summary>Snapshot the run as it is now and save it in the background.</summary>
    void Checkpoint(TrainingPosition position);

    /// <summary>Something people should know.</summary>
    void Report(RunEvent happened, int stepsDone);

    /// <summary>A worker began a life.</summary>
    void Joined(Join join)
    {
    }

    /// <summary>A worker is given microbatches to compute.</summary>
    void Assigned(WorkerId worker)
    {
    }

    /// <summary>A worker delivered the sum of <paramref name="microbatches"/> microbatches.</summary>
    void Delivered(WorkerId worker, int microbatches)
    {
    }

    /// <summary>A worker gave a sign of life.</summary>
    void Heard(WorkerId worker)
    {
    }
}

