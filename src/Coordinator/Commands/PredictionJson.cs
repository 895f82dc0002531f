using System.Text.Json;

namespace Distributed.Coordinator.Commands;

/// <summary>A prediction for scripts.</summary>
public static class PredictionJson
{
    public static string Of(OpenedModel model, SamplePrediction prediction) =>
        JsonSerializer.Serialize(
            new
            {
                recipe = model.Recipe,
                weights_digest = model.WeightsDigest.Hex,
                data = model.SamplesName,
                index = prediction.Index,
                label = prediction.Label,
                prediction = prediction.Prediction,
                correct = prediction.Prediction == prediction.Label,
                probabilities = prediction.Probabilities.Select(p => JsonText.Finite(p)),
            },
            JsonText.Indented);
}
