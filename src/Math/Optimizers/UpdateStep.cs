namespace Distributed.Numerics.Optimizers;

/// <summary>
/// One step's scalars, fixed before the first parameter is touched, so that ranges of parameters can be updated in any order and on any
/// thread.
/// </summary>
/// <param name="MeanScale">1/samples, rounded once: what turns a sum of gradients into their mean.</param>
/// <param name="LearningRate">The rate that multiplies the direction; Adam's holds 1/(1 - β₁ᵗ) already.</param>
/// <param name="SecondMomentScale">Adam's 1/(1 - β₂ᵗ); 1 elsewhere.</param>
/// <param name="WeightDecay">AdamW's η·λ, rounded once; 0 elsewhere.</param>
public readonly record struct UpdateStep(float MeanScale, float LearningRate, float SecondMomentScale, float WeightDecay = 0f);
