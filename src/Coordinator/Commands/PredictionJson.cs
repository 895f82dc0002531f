using System.Text.Json;

namespace Distributed.Coordinator.Commands;

/// <summary>A prediction for scripts.</summary>
public static class PredictionJson
{
    public static string Of(ReadyModel model, SamplePrediction prediction) =>
        JsonSerializer.Serialize(
            new
            {
                recipe = model.Recipe,
                weights_digest = model.WeightsDigest.Hex,
                data = prediction.Source,
                index = prediction.Index,
                label = prediction.Label,
                prediction = prediction.Prediction,
                correct = prediction.Label is { } label ? prediction.Prediction == label : (bool?)null,
                top = prediction.Top.Select(c => new { @class = c, probability = JsonText.Finite(prediction.Probabilities[c]) }),
                probabilities = prediction.Probabilities.Select(p => JsonText.Finite(p)),
            },
            JsonText.Indented);
}
