namespace Distributed.Numerics.Optimizers;

/// <summary>How the learning rate changes over a run.</summary>
public enum ScheduleKind
{
    /// <summary>Not at all.</summary>
    Constant,

    /// <summary>Times a factor after every so many epochs.</summary>
    Step,

    /// <summary>Times a factor after every epoch.</summary>
    Exponential,

    /// <summary>Along half a cosine, from the rate to a share of it, over the steps after warm-up.</summary>
    Cosine,

    /// <summary>Along a straight line, from the rate to a share of it, over the steps after warm-up.</summary>
    Linear,
}

/// <summary>
/// What multiplies the learning rate at a step: a pure function of the step, computed from sums, products and quotients in double alone, so
/// that it has the same bits on every machine.
/// </summary>
/// <param name="Kind">The shape.</param>
/// <param name="Factor">
/// Of <see cref="ScheduleKind.Step"/> and <see cref="ScheduleKind.Exponential"/>, in (0, 1]; of <see cref="ScheduleKind.Cosine"/> and
/// <see cref="ScheduleKind.Linear"/> the share of the rate they end at, in [0, 1].
/// </param>
/// <param name="EveryEpochs">Epochs between two steps down, at least 1; used by <see cref="ScheduleKind.Step"/>.</param>
public readonly record struct LearningRateSchedule(ScheduleKind Kind, float Factor = 0f, int EveryEpochs = 1)
{
    /// <summary>The factor at <paramref name="step"/> of <paramref name="totalSteps"/>.</summary>
    /// <param name="step">From 0.</param>
    /// <param name="epoch">The step's epoch, from 0.</param>
    /// <param name="totalSteps">Steps in the run.</param>
    /// <param name="warmupSteps">Steps at the beginning over which the rate rises along a line, up to 1 in the last of them; 0 for none.</param>
    public double FactorAt(int step, int epoch, int totalSteps, int warmupSteps)
    {
        Check.That(step >= 0);
        Check.That(step < totalSteps);
        Check.That(epoch >= 0);
        Check.That(warmupSteps >= 0);
        Check.That(EveryEpochs >= 1 || Kind != ScheduleKind.Step);
        double warmup = step < warmupSteps ? (step + 1.0) / warmupSteps : 1.0;
        return warmup * Decay(epoch, ProgressAt(step, totalSteps, warmupSteps));
    }

    private double Decay(int epoch, double progress) => Kind switch
    {
        ScheduleKind.Step => WholePower.Of(Factor, epoch / EveryEpochs),
        ScheduleKind.Exponential => WholePower.Of(Factor, epoch),
        ScheduleKind.Cosine => Factor + ((1.0 - Factor) * HalfCosine.Of(progress)),
        ScheduleKind.Linear => Factor + ((1.0 - Factor) * (1.0 - progress)),
        _ => 1.0,
    };

    /// <summary>The share of the steps after warm-up that are done before <paramref name="step"/>, in [0, 1).</summary>
    private static double ProgressAt(int step, int totalSteps, int warmupSteps) =>
        step < warmupSteps ? 0.0 : (double)(step - warmupSteps) / (totalSteps - warmupSteps);
}
