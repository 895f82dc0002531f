using System.Text.Json;

namespace Distributed.Coordinator.Commands;

/// <summary>An evaluation for scripts.</summary>
public static class EvaluationJson
{
    public static string Of(OpenedModel model, ModelEvaluation evaluation)
    {
        ConfusionMatrix confusion = evaluation.Confusion;
        int[] classes = [.. Enumerable.Range(0, confusion.Classes)];
        return JsonSerializer.Serialize(
            new
            {
                recipe = model.Recipe,
                weights_digest = model.WeightsDigest.Hex,
                data = model.SamplesName,
                samples = model.Samples.Count,
                loss = JsonText.Finite(evaluation.Loss),
                accuracy = evaluation.Accuracy,
                classes = classes.Select(label => new
                {
                    label,
                    samples = confusion.Samples(label),
                    correct = confusion[label, label],
                    recall = confusion.Recall(label),
                    precision = confusion.Precision(label),
                }),
                confusion = classes.Select(label => classes.Select(prediction => confusion[label, prediction])),
            },
            JsonText.Indented);
    }
}
