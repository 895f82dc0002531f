using Distributed.Coordinator.Commands;

namespace Distributed.Coordinator.Terminal;

/// <summary>The last lines of a training run on standard output, which scripts read.</summary>
public static class ClosingLines
{
    /// <summary>"test accuracy 0.9712" and "weights digest …"; a line without its value is left out.</summary>
    public static IEnumerable<string> For(TrainingOutcome outcome)
    {
        if (outcome.TestAccuracy is { } accuracy)
        {
            yield return $"test accuracy {Figures.Accuracy(accuracy)}";
        }

        if (outcome.WeightsDigest is { } digest)
        {
            yield return $"weights digest {digest}";
        }
    }
}
