using Distributed.Numerics;
using Distributed.Numerics.Reduction;

namespace Distributed.Protocol.Plan;

/// <summary>Where one step lies in the run.</summary>
/// <param name="Step">The step.</param>
/// <param name="Epoch">Its epoch, from 0.</param>
/// <param name="StepInEpoch">Its place in the epoch, from 0.</param>
/// <param name="FirstSample">Position of its first sample in the epoch's order.</param>
/// <param name="Microbatches">How its samples are cut.</param>
public readonly record struct StepPosition(StepNumber Step, int Epoch, int StepInEpoch, int FirstSample, MicrobatchPlan Microbatches)
{
    /// <summary>Samples in the minibatch.</summary>
    public int SampleCount => Microbatches.Samples;
}

/// <summary>Which samples of which epoch each step trains on. A pure function of the recipe and the number of training samples.</summary>
public sealed class StepSchedule
{
    private readonly int _samples;
    private readonly int _batchSize;
    private readonly int _microbatches;

    /// <param name="samples">Training samples, at least 1.</param>
    /// <param name="batchSize">Samples per minibatch; 0 for all of them.</param>
    /// <param name="microbatches">Microbatches per full minibatch, at least 1.</param>
    /// <param name="epochs">Passes over the training samples, at least 1.</param>
    public StepSchedule(int samples, int batchSize, int microbatches, int epochs)
    {
        Check.That(samples >= 1);
        Check.That(batchSize >= 0);
        Check.That(microbatches >= 1);
        Check.That(epochs >= 1);
        _samples = samples;
        _batchSize = batchSize == 0 ? samples : Math.Min(batchSize, samples);
        _microbatches = microbatches;
        Epochs = epochs;
        StepsPerEpoch = (samples + _batchSize - 1) / _batchSize;
        TotalSteps = checked(StepsPerEpoch * epochs);
    }

    /// <summary>The schedule of <paramref name="recipe"/> over <paramref name="samples"/> training samples.</summary>
    public static StepSchedule For(Recipe recipe, int samples) => new(samples, recipe.BatchSize, recipe.Microbatches, recipe.Epochs);

    /// <summary>Passes over the training samples.</summary>
    public int Epochs { get; }

    /// <summary>Steps in one epoch; the last may be smaller.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>Steps in the whole run.</summary>
    public int TotalSteps { get; }

    /// <summary>The position of <paramref name="step"/>, which must be below <see cref="TotalSteps"/>.</summary>
    public StepPosition At(StepNumber step)
    {
        Check.That(step.Value >= 0);
        Check.That(step.Value < TotalSteps);
        int epoch = step.Value / StepsPerEpoch;
        int stepInEpoch = step.Value % StepsPerEpoch;
        int first = stepInEpoch * _batchSize;
        int count = Math.Min(_batchSize, _samples - first);
        return new StepPosition(step, epoch, stepInEpoch, first, new MicrobatchPlan(count, _microbatches));
    }

    /// <summary>True when <paramref name="step"/> is the last of its epoch.</summary>
    public bool EndsEpoch(StepNumber step) => (step.Value + 1) % StepsPerEpoch == 0;
}
