using Distributed.Coordinator.Data;
using Distributed.Coordinator.Recipes;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Tests.Commands;
using Distributed.Coordinator.Tuning;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Tuning;

/// <summary>The command that is printed trains what was tried.</summary>
public sealed class TrainingArgumentsTests
{
    [Fact]
    public void Train_reads_the_trials_own_recipe_from_them()
    {
        string[] grid =
        [
            "optimizer=sgd,momentum,adam,adamw", "learning-rate=0.0001..2", "momentum=0.1,0.5", "beta2=0.9..0.99999", "hidden=none;7;64,32",
            "activation=tanh,relu", "dropout=0.001..0.9", "schedule=constant;cosine:0.1;step:2:0.5", "init=he;uniform:0.1;normal:0.03",
            "batch-size=full,16", "clip-norm=off,2.5", "early-stopping=off,3", "warmup=0,0.05,20", "seed=1,18446744073709551615",
        ];
        Recipe known = RecipeCatalog.BuiltIn("dropout-mlp");
        var request = new TuningRequest(known with { ValidationSplit = 0.2 }, grid, 300, null, default);
        foreach (Trial trial in TuningPlan.For(request).Trials)
        {
            IReadOnlyList<string> arguments = TrainingArguments.For("dropout-mlp", known, trial.Recipe, new DataOptions("mnist"));
            var runner = new CommandLineRunner();
            Assert.Equal(0, runner.Run([.. arguments]));
            Assert.Equal(RecipeJson.Write(trial.Recipe), RecipeJson.Write(runner.Session.Asked!.Recipe!));
        }
    }

    [Fact]
    public void They_can_be_pasted_into_a_shell() => Assert.Equal(
        "coordinator --recipe '/my recipes/it'\\''s.yaml' --epochs 6 --data '/a b.csv' --test-data /c.csv --label-column digit",
        TrainingArguments.Command("coordinator", TrainingArguments.For(
            "/my recipes/it's.yaml",
            RecipeCatalog.Default,
            RecipeCatalog.Default with { Epochs = 6 },
            new DataOptions("/a b.csv", "/c.csv", "digit"))));
}
