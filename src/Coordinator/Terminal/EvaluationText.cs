using System.Text;
using Distributed.Coordinator.Commands;

namespace Distributed.Coordinator.Terminal;

/// <summary>An evaluation as a table and two closing lines.</summary>
public static class EvaluationText
{
    private const int ConfusionFrom = 60;

    /// <param name="model">What was measured.</param>
    /// <param name="evaluation">The result.</param>
    /// <param name="width">Columns; a narrow terminal gets a narrower table.</param>
    public static string Of(OpenedModel model, ModelEvaluation evaluation, int width)
    {
        bool wide = width >= ConfusionFrom;
        var text = new StringBuilder();
        text.Append(model.Recipe)
            .Append(" on ")
            .Append(Figures.Whole(model.Samples.Count))
            .Append(' ')
            .Append(model.SamplesName)
            .Append("\n\n");
        text.Append("class samples correct recall precision").Append(wide ? "  mostly taken for" : "").Append('\n');
        for (int label = 0; label < evaluation.Confusion.Classes; label++)
        {
            text.Append(Row(evaluation.Confusion, label, wide)).Append('\n');
        }

        text.Append('\n');
        text.Append("loss ").Append(Figures.Loss(evaluation.Loss)).Append('\n');
        text.Append("accuracy ").Append(Figures.Accuracy(evaluation.Accuracy)).Append('\n');
        text.Append("weights digest ").Append(model.WeightsDigest);
        return text.ToString();
    }

    private static string Row(ConfusionMatrix confusion, int label, bool wide)
    {
        string row =
            $"{label, 5} {confusion.Samples(label), 7} {confusion[label, label], 7} {Share(confusion.Recall(label)), 6} {Share(confusion.Precision(label)), 9}";
        return wide && confusion.MostlyTakenFor(label) is { } other ? $"{row}  {other} ({confusion[label, other]})" : row;
    }

    private static string Share(double? share) => share is { } value ? Figures.Accuracy(value) : "-";
}
