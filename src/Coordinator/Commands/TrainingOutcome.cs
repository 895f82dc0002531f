namespace Distributed.Coordinator.Commands;

/// <summary>How a training run ended.</summary>
public sealed record TrainingOutcome
{
    /// <summary>See <see cref="Commands.ExitCode"/>.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Where the run's files are.</summary>
    public required string RunDirectory { get; init; }

    /// <summary>The run goes on, under another coordinator.</summary>
    public bool IsSuperseded { get; init; }

    /// <summary>Share of the test samples that the final weights get right; null without test data or without an end.</summary>
    public double? TestAccuracy { get; init; }

    /// <summary>SHA-256 of the final weights; null when the run did not reach its end.</summary>
    public string? WeightsDigest { get; init; }
}
