using System.Text.Json;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;

namespace Distributed.Coordinator.Comparison;

/// <summary>A comparison for scripts: everything that the runs' folders say.</summary>
public static class ComparisonJson
{
    public static string Of(RunComparison comparison) => JsonSerializer.Serialize(
        new
        {
            differences = comparison.Differences.Select(setting => setting.Key),
            same_weights = comparison.ByDigest.Count == 1 && comparison.Runs.All(run => run.WeightsDigest is not null),
            runs = comparison.Runs.Select(RunObject),
        },
        JsonText.Indented);

    private static object RunObject(RunSummary run) => new
    {
        name = run.Name,
        recipe = run.Manifest is { } manifest ? RecipeJson.ToElement(manifest.Recipe) : (JsonElement?)null,
        data_digest = run.Manifest?.DataDigest.Hex,
        finished = run.WeightsDigest is not null,
        last_step = run.LastStep,
        result_epoch = run.Result?.Epoch,
        seconds = run.Epochs.LastOrDefault()?.Seconds,
        samples_per_second = JsonText.Finite(Throughput.Of(run.Epochs)),
        workers = run.Epochs.LastOrDefault()?.Workers,
        weights_digest = run.WeightsDigest?.Hex,
        epochs = run.Epochs.Select(MetricsJson.ToElement),
        notes = run.Notes,
    };
}
