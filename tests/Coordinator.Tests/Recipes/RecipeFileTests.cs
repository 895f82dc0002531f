using Distributed.Coordinator.Recipes;
using Distributed.Numerics.Models;
using Distributed.Numerics.Optimizers;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Recipes;

/// <summary>The recipe file's parser takes what it should and names file and line of what it refuses.</summary>
public sealed class RecipeFileTests
{
    [Fact]
    public void An_empty_mapping_keeps_the_defaults_and_takes_the_given_name()
    {
        Recipe recipe = RecipeFile.Parse("{}", "my.yaml", "my");
        Assert.Equal(new Recipe { Name = "my" } with { Hidden = recipe.Hidden }, recipe);
        Assert.Equal([128], recipe.Hidden);
    }

    [Fact]
    public void Every_key_is_read()
    {
        const string Text = """
            ---
            name: my-net_2.0
            description: "two layers: one wide"
            hidden: [30, 20]   # a list
            activation: tanh
            dropout: 0.25
            init: normal:0.3
            bias-init: uniform:0.5
            optimizer: adam
            learning-rate: 1e-2
            schedule: cosine:0.05
            warmup: 20
            momentum: 0.5
            beta1: 0.6
            beta2: 0.7
            epsilon: 1e-7
            l2: 0.125
            weight-decay: 0.25
            clip-norm: 1.5
            label-smoothing: 0.1
            epochs: 7
            early-stopping: 3
            early-stopping-metric: accuracy
            batch-size: full
            microbatches: 16
            seed: 18446744073709551615
            scale: standard
            train-samples: 1000
            validation-split: 0.25
            """;
        Recipe recipe = RecipeFile.Parse(Text, "my.yaml", "other");
        Assert.Equal([30, 20], recipe.Hidden);
        var expected = new Recipe
        {
            Name = "my-net_2.0",
            Description = "two layers: one wide",
            Hidden = recipe.Hidden,
            Activation = Activation.Tanh,
            Dropout = 0.25f,
            Weights = new Initializer(InitializerKind.Normal, 0.3f),
            Biases = new Initializer(InitializerKind.Uniform, 0.5f),
            Optimizer = OptimizerKind.Adam,
            LearningRate = 0.01f,
            Schedule = new LearningRateSchedule(ScheduleKind.Cosine, 0.05f),
            Warmup = 20,
            Momentum = 0.5f,
            Beta1 = 0.6f,
            Beta2 = 0.7f,
            Epsilon = 1e-7f,
            L2 = 0.125f,
            WeightDecay = 0.25f,
            ClipNorm = 1.5f,
            LabelSmoothing = 0.1f,
            Epochs = 7,
            EarlyStopping = 3,
            EarlyStoppingMetric = EarlyStoppingMetric.Accuracy,
            BatchSize = 0,
            Microbatches = 16,
            Seed = ulong.MaxValue,
            Scale = ScaleKind.Standard,
            TrainSamples = 1000,
            ValidationSplit = 0.25,
        };
        Assert.Equal(expected, recipe);
        Assert.Equal(RecipeSettings.All.Count + 2, RecipeFile.Keys.Count(key => Text.Contains($"\n{key}: ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("hidden: 128", "128")]
    [InlineData("hidden: '128,64'", "128,64")]
    [InlineData("hidden:\n  - 128\n  - 64", "128,64")]
    [InlineData("hidden: []", "none")]
    [InlineData("hidden: none", "none")]
    [InlineData("hidden: [128,\n  64]", "128,64")]
    public void Hidden_layers_in_every_spelling(string text, string expected) =>
        Assert.Equal(expected, SettingFormats.HiddenLayers(RecipeFile.Parse(text, "my.yaml", "my").Hidden));

    [Theory]
    [InlineData("epochs: 5\nlearning_rate: 0.1", "line 2: unknown key \"learning_rate\"; did you mean learning-rate?")]
    [InlineData("\n\nepoch: 5", "line 3: unknown key \"epoch\"; did you mean epochs?")]
    [InlineData("lr: 5", "line 1: unknown key \"lr\"; did you mean learning-rate?")]
    [InlineData("regularization: 5", "line 1: unknown key \"regularization\"; did you mean l2?")]
    [InlineData("epochs: 5\nseed: 1\nepochs: 6", "line 3: epochs is already set in line 1")]
    [InlineData("seed: 1\nepochs: five", "line 2: epochs must be a whole number from 1 to 1000000, not \"five\"")]
    [InlineData("epochs: 2.0", "line 1: epochs must be a whole number from 1 to 1000000, not \"2.0\"")]
    [InlineData("epochs:", "line 1: epochs must be a whole number from 1 to 1000000, not \"\"")]
    [InlineData("dropout: true", "line 1: dropout must be a number from 0 up to, but not including, 1, not \"true\"")]
    [InlineData("activation: rleu", "line 1: activation must be relu, sigmoid or tanh, not \"rleu\"; did you mean relu?")]
    [InlineData("dropout: [0.1, 0.2]", "line 1: dropout must be a number from 0 up to, but not including, 1, not \"0.1,0.2\"")]
    [InlineData("hidden: [[128]]", "line 1: hidden takes a flat list, as [128, 64]")]
    [InlineData("hidden: {a: 1}", "line 1: hidden takes one value or a list, as [128, 64]")]
    [InlineData("model:\n  hidden: 3", "line 2: model takes one value or a list, as [128, 64]")]
    [InlineData("- a\n- b", "line 1: a recipe file has one \"key: value\" per line")]
    [InlineData("just words", "line 1: a recipe file has one \"key: value\" per line")]
    [InlineData("epochs: &five 5", "line 1: anchors (&) and tags (!) are not used in recipe files")]
    [InlineData("epochs: 5\nseed: !!int 3", "line 2: anchors (&) and tags (!) are not used in recipe files")]
    [InlineData("[1, 2]: 3", "line 1: a key is a plain word")]
    [InlineData("epochs: 5\n---\nepochs: 6", "line 2: a recipe file holds one document")]
    [InlineData(
        "name: my net",
        "line 1: name must be 1 to 64 letters, digits, dashes, dots or underscores, beginning with a letter or digit, not \"my net\""
    )]
    [InlineData(
        "name: ../../etc",
        "line 1: name must be 1 to 64 letters, digits, dashes, dots or underscores, beginning with a letter or digit, not \"../../etc\""
    )]
    public void What_is_refused_is_named_with_its_line(string text, string sentence) => Assert.Equal($"my.yaml, {sentence}", Refusal(text));

    [Theory]
    [InlineData("epochs: 5\n\tseed: 3", 2)]
    [InlineData("epochs: \"5", 1)]
    [InlineData("hidden: [128, 64", 2)]
    [InlineData("epochs: 5\nseed 3", 2)]
    [InlineData("a: b: c", 1)]
    [InlineData("epochs: *five", 1)]
    public void What_is_not_yaml_is_refused_near_its_line(string text, int line)
    {
        string sentence = Refusal(text);
        Assert.Matches($"^my.yaml, line ({line - 1}|{line}|{line + 1}): ", sentence);
        Assert.DoesNotContain('\n', sentence);
    }

    [Fact]
    public void An_empty_file_and_a_huge_one_are_refused()
    {
        Assert.StartsWith("my.yaml is empty", Refusal(""));
        Assert.StartsWith("my.yaml is empty", Refusal("# only a comment\n"));
        Assert.StartsWith("my.yaml is too long for a recipe file, which has at most 65536 characters", Refusal(new string('#', 70_000)));
    }

    [Fact]
    public void Whatever_a_file_holds_the_answer_is_a_recipe_or_a_sentence()
    {
        const string Inserted = "\t:[]{}&*!|>'\"%@`,?-#\0\u0085\ufeff\ud800 \n";
        string[] pieces =
        [
            "epochs: 5\n",
            "hidden: [1, 2]\n",
            "name: a\n",
            "# c\n",
            "'",
            "\"",
            ": ",
            "- ",
            "? ",
            "{",
            "}",
            "[",
            "]",
            "&a ",
            "*a",
            "!t ",
            "|\n",
            ">\n",
            "---\n",
            "...\n",
            "%YAML 1.1\n",
            "\t",
            "\0",
            "<<: ",
        ];
        string valid = RecipeCatalog.Text("adam-mlp");
        for (int i = 0; i < valid.Length * Inserted.Length; i += 37)
        {
            ParseOrSentence(valid.Insert(i / Inserted.Length, Inserted[i % Inserted.Length].ToString()));
        }

        for (int i = 0; i < pieces.Length * pieces.Length * pieces.Length; i += 5)
        {
            ParseOrSentence(
                pieces[i % pieces.Length] + pieces[i / pieces.Length % pieces.Length] + pieces[i / pieces.Length / pieces.Length]
            );
        }
    }

    private static void ParseOrSentence(string text)
    {
        try
        {
            Assert.NotNull(RecipeFile.Parse(text, "my.yaml", "my"));
        }
        catch (InputException e)
        {
            Assert.StartsWith("my.yaml", e.Message);
            Assert.DoesNotContain('\n', e.Message);
        }
    }

    [Fact]
    public void A_file_of_ones_own_is_named_after_itself()
    {
        string folder = Directory.CreateTempSubdirectory("recipe-").FullName;
        try
        {
            string file = Path.Combine(folder, "my best recipe.yaml");
            File.WriteAllText(file, "epochs: 3");
            Assert.Equal("my-best-recipe", RecipeCatalog.Load(file).Name);
            Assert.Equal(3, RecipeCatalog.Load(file).Epochs);
            Assert.EndsWith(
                "is a folder; give a recipe's name or a recipe file, see coordinator recipes",
                Assert.Throws<InputException>(() => RecipeCatalog.Load(folder)).Message
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Refusal(string text) => Assert.Throws<InputException>(() => RecipeFile.Parse(text, "my.yaml", "my")).Message;
}
