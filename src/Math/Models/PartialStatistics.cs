namespace Distributed.Numerics.Models;

/// <summary>What a partial's forward pass saw, in the same tree order as its gradient.</summary>
/// <param name="LossSum">Sum of the samples' cross-entropy losses (natural log), dropout on; divide by the count once, at the end.</param>
/// <param name="Correct">Samples whose highest logit is their label's; ties go to the lowest class.</param>
/// <param name="Samples">Samples in the sum.</param>
public readonly record struct PartialStatistics(double LossSum, int Correct, int Samples)
{
    /// <summary>The parent of two neighbouring nodes of the reduction tree.</summary>
    public static PartialStatistics Combine(PartialStatistics left, PartialStatistics right) =>
        new(left.LossSum + right.LossSum, left.Correct + right.Correct, left.Samples + right.Samples);
}
