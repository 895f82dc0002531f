using System.Text.Json;
using System.Xml.Linq;
using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Tests.Checkpoints;
using Distributed.Coordinator.Tests.Data;
using Distributed.Coordinator.Tests.Metrics;
using Distributed.Protocol;
using static Distributed.Coordinator.Tests.Commands.CommandLineRunner;

namespace Distributed.Coordinator.Tests.Commands;

public sealed class CompareCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_runs_stand_side_by_side_with_what_differs()
    {
        string first = MakeRun("first", recipe => recipe, [0.5, 0.25, 0.3]);
        string second = MakeRun("second", recipe => recipe with { LearningRate = 0.5f, EarlyStopping = 0 }, [0.75, 0.7], weight: 2f);
        (string output, string error) = Compare(first, second);
        Assert.Equal("", error);
        AssertRow(output, "learning-rate", "0.33333334", "0.5");
        AssertRow(output, "early-stopping", "2", "off");
        AssertRow(output, "early-stopping-metric", "accuracy", "-");
        AssertRow(output, "epochs done", "3", "2 of 3");
        AssertRow(output, "epoch of the result", "2", "2");
        AssertRow(output, "validation loss, last", "0.3000", "0.7000");
        AssertRow(output, "validation loss, best", "0.2500 @2", "0.7000 @2");
        AssertRow(output, "test accuracy", "0.3333", "0.3333");
        AssertRow(output, "workers", "4", "4");
        Assert.DoesNotMatch("(?m)^(batch-size|data|data digest|recipe) ", output);
        Assert.Matches($"weights digest {Weights(1f)}  first\nweights digest {Weights(2f)}  second\n$", output);
    }

    [Fact]
    public void Equal_recipes_and_equal_weights_are_said()
    {
        string[] runs = [MakeRun("a", recipe => recipe, [0.5]), MakeRun("b", recipe => recipe, [0.5]), MakeRun("c", recipe => recipe, [0.5])];
        (string output, _) = Compare(runs);
        Assert.EndsWith($"\n\nrecipes: the same\nweights: the same bytes in all runs, digest {Weights(1f)}\n", output);
        Assert.True(JsonDocument.Parse(Compare([.. runs, "--json"]).Output).RootElement.GetProperty("same_weights").GetBoolean());
    }

    [Fact]
    public void What_is_missing_or_damaged_is_said_and_the_rest_is_shown()
    {
        string whole = MakeRun("whole", recipe => recipe, [0.5]);
        string unfinished = MakeRun("unfinished", recipe => recipe, [0.5]);
        File.Delete(Path.Combine(unfinished, ModelFile.Name));
        string unmeasured = MakeRun("unmeasured", recipe => recipe, []);
        File.Delete(Path.Combine(unmeasured, MetricsHistory.FileName));
        string damaged = MakeRun("damaged", recipe => recipe, [0.5]);
        File.WriteAllText(Path.Combine(damaged, RunManifest.FileName), "{");
        File.AppendAllText(Path.Combine(damaged, MetricsHistory.FileName), "junk\n{\"type\":");
        File.WriteAllBytes(Path.Combine(damaged, ModelFile.Name), [1, 2, 3]);

        (string output, string error) = Compare(whole, unfinished, unmeasured, damaged);
        Assert.Equal(5, error.Trim().Split('\n').Length);
        Assert.Contains($"note: {unfinished} is not finished: it is still training, or was stopped at step 10", error);
        Assert.Contains($"note: {unmeasured} has no metrics.jsonl", error);
        Assert.Contains("run.json' cannot be read", error);
        Assert.Contains("Line 2 of ", error);
        Assert.Contains("model.safetensors' cannot be used: it has 3 bytes", error);
        AssertRow(output, "epochs done", "1 of 3", "1 of 3", "-", "1");
        AssertRow(output, "validation loss", "0.5000", "0.5000", "-", "0.5000");
        Assert.EndsWith($"\nweights digest {Weights(1f)}  whole, unmeasured\n", output);
    }

    [Fact]
    public void The_curves_of_all_runs_are_one_picture()
    {
        string first = MakeRun("first", recipe => recipe, [0.5, 0.25]);
        string second = MakeRun("second <&>", recipe => recipe, [0.75, 0.7]);
        string picture = Path.Combine(_folder.Path, "curves.svg");
        (_, string error) = Compare(first, second, "--output", picture);
        Assert.Equal($"curves: {picture}\n", error);
        XElement svg = XDocument.Load(picture).Root!;
        string[] lines = [.. svg.Descendants().Where(IsLine).Select(element => element.Attribute("d")!.Value)];
        Assert.Equal(4, lines.Count(line => line.Contains('L', StringComparison.Ordinal)));
        Assert.Contains("Validation loss", svg.Value);
        Assert.Contains(svg.Descendants(), element => element.Value == "epoch 2: second <&> 0.7000");
    }

    [Fact]
    public void Many_runs_are_shown_in_tables_that_fit()
    {
        string[] runs = [.. Enumerable.Range(1, 9).Select(number => MakeRun($"run-{number}", recipe => recipe, [0.5]))];
        var runner = new CommandLineRunner { Width = 80 };
        Assert.Equal(0, runner.Run(["compare", .. runs]));
        string[] lines = runner.Output.Split('\n')[..^2];
        Assert.All(lines, line => Assert.True(line.Length < 80, line));
        Assert.True(lines.Count(line => line.StartsWith("epochs done", StringComparison.Ordinal)) > 1);
        Assert.All(runs, run => Assert.Contains(lines, line => line.Contains(Path.GetFileName(run), StringComparison.Ordinal)));
    }

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        string run = MakeRun("first", recipe => recipe, []);
        string missing = Path.Combine(_folder.Path, "none");
        Assert.Equal("compare needs RUN: the folder of a run", Refusal("compare"));
        Assert.Equal("compare needs RUN...: the folders of the runs to compare it with", Refusal(["compare", run]));
        Assert.Equal($"{missing}: there is no such folder; give the folders of runs, as runs/scratch-mlp-1", Refusal(["compare", run, missing]));
        Assert.Equal($"{_folder.Path} is not a run's folder: it has no run.json; it holds runs: give {run}", Refusal(["compare", run, _folder.Path]));
        Assert.Equal("--output x.png: the picture is SVG; give a name that ends in .svg", Refusal(["compare", run, run, "--output", "x.png"]));
    }

    private static bool IsLine(XElement element) => element.Attribute("class")?.Value.StartsWith("line l", StringComparison.Ordinal) == true;

    private static string Weights(float weight) => Model(weight).ComputeWeightsDigest().Hex;

    private static TrainedModel Model(float weight)
    {
        TrainedModel model = SampleModel.Make();
        model.Weights[3] = weight;
        return model;
    }

    /// <summary>A finished run with these validation losses; its accuracy is highest in the second epoch.</summary>
    private string MakeRun(string name, Func<Recipe, Recipe> change, double[] losses, float weight = 1f)
    {
        string path = Path.Combine(_folder.Path, name);
        var store = new FolderRunStore(path);
        Recipe recipe = change(SampleCheckpoint.FullRecipe);
        new RunManifest(recipe, new DataOptions("mnist", null, null), Digest.Of("data"u8), "1.0", []).Write(store);
        ModelFile.Write(store, ModelFile.Name, Model(weight), "1.0");
        using var metrics = new MetricsWriter(store, Assert.Fail);
        for (int i = 0; i < losses.Length; i++)
        {
            metrics.Write(SampleMetrics.Epoch(i + 1, 10 * (i + 1)) with { ValidationLoss = losses[i], ValidationAccuracy = i == 1 ? 0.9 : 0.8 });
        }

        return path;
    }

    private static void AssertRow(string output, string name, params string[] cells) =>
        Assert.Matches($"(?m)^{name} +{string.Join(" +", cells)}$", output);

    private static (string Output, string Error) Compare(params string[] words)
    {
        var runner = new CommandLineRunner { Width = 200 };
        Assert.Equal(0, runner.Run(["compare", .. words]));
        return (runner.Output, runner.Error);
    }
}
