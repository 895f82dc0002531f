using Distributed.Coordinator.Commands;

namespace Distributed.Coordinator.Terminal;

/// <summary>The line that stays for a finished epoch.</summary>
public static class EpochLine
{
    private const int LinesMax = 100;

    /// <summary>The longest wording that fits <paramref name="width"/>, or the shortest one.</summary>
    public static string For(EpochProgress epoch, int width)
    {
        string[] wordings = [Full(epoch), Medium(epoch), Short(epoch)];
        return Array.Find(wordings, line => line.Length <= width) ?? wordings[^1];
    }

    /// <summary>Everything, for logs.</summary>
    public static string Full(EpochProgress e) =>
        $"epoch {e.Epoch}/{e.Epochs}  train loss {Figures.Loss(e.TrainLoss)} accuracy {Figures.Accuracy(e.TrainAccuracy)}"
        + Part("  validation loss", e.ValidationLoss, " accuracy", e.ValidationAccuracy)
        + Part("  test loss", e.TestLoss, " accuracy", e.TestAccuracy)
        + $"  {Figures.Seconds(e.Seconds)}";

    /// <summary>Whether an epoch gets a line: all do in a short run, about a hundred in a long one.</summary>
    public static bool IsShown(int epoch, int epochs)
    {
        int every = ((epochs - 1) / LinesMax) + 1;
        return epoch % every == 0 || epoch == 1 || epoch == epochs;
    }

    private static string Medium(EpochProgress e) =>
        $"epoch {e.Epoch}/{e.Epochs}  loss {Figures.Loss(e.TrainLoss)} acc {Figures.Accuracy(e.TrainAccuracy)}"
        + Part("  val", e.ValidationLoss, "", e.ValidationAccuracy)
        + Part("  test", e.TestLoss, "", e.TestAccuracy)
        + $"  {Figures.Seconds(e.Seconds)}";

    private static string Short(EpochProgress e) =>
        $"{e.Epoch}/{e.Epochs} loss {Figures.Loss(e.TrainLoss)} acc {Figures.Accuracy(e.TrainAccuracy)}"
        + (
            e.TestAccuracy is { } test ? $" test {Figures.Accuracy(test)}"
            : e.ValidationAccuracy is { } held ? $" val {Figures.Accuracy(held)}"
            : ""
        );

    private static string Part(string lossName, double? loss, string accuracyName, double? accuracy) =>
        loss is { } l && accuracy is { } a ? $"{lossName} {Figures.Loss(l)}{accuracyName} {Figures.Accuracy(a)}" : "";
}
