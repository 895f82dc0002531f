namespace Distributed.Coordinator.Tuning;

/// <summary>What a trial came to in a rung.</summary>
public sealed record TrialResult
{
    /// <summary>The trial's number.</summary>
    public required int Trial { get; init; }

    /// <summary>The rung's number.</summary>
    public required int Rung { get; init; }

    /// <summary>Epochs trained, over all rungs.</summary>
    public required int Epochs { get; init; }

    /// <summary>Mean over the validation samples, with the weights that are the result: the last epoch's, or with early stopping the best one's.</summary>
    public double ValidationLoss { get; init; }

    /// <summary>As <see cref="ValidationLoss"/>.</summary>
    public double ValidationAccuracy { get; init; }

    /// <summary>The trial is trained to its end.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Of the weights after these epochs.</summary>
    public string WeightsDigest { get; init; } = "";

    /// <summary>Why there is no figure; null where there is one.</summary>
    public string? Failure { get; init; }
}
