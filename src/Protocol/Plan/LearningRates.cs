using Distributed.Numerics;

namespace Distributed.Protocol.Plan;

/// <summary>The learning rate of each step: a pure function of the recipe and the step, so that a resumed run needs no state for it.</summary>
public sealed class LearningRates
{
    private readonly Recipe _recipe;
    private readonly int _totalSteps;
    private readonly int _warmupSteps;

    /// <param name="recipe">Rate, schedule and warm-up.</param>
    /// <param name="schedule">The run's steps.</param>
    public LearningRates(Recipe recipe, StepSchedule schedule)
    {
        Check.That(recipe.Warmup >= 0);
        _recipe = recipe;
        _totalSteps = schedule.TotalSteps;
        _warmupSteps = WarmupSteps(recipe.Warmup, schedule.TotalSteps);
    }

    /// <summary>The rate that <paramref name="step"/> is updated with.</summary>
    public float At(StepPosition step) =>
        (float)(_recipe.LearningRate * _recipe.Schedule.FactorAt(step.Step.Value, step.Epoch, _totalSteps, _warmupSteps));

    /// <summary>A share of the run is rounded up to whole steps; more steps than the run has leave it rising to its end.</summary>
    private static int WarmupSteps(double warmup, int totalSteps) =>
        warmup < 1 ? (int)Math.Ceiling(warmup * totalSteps) : (int)Math.Min(warmup, int.MaxValue);
}
