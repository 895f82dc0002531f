using System.Text.Json;
using Distributed.Coordinator.Commands;
using static Distributed.Coordinator.Tests.Commands.CommandLineRunner;

namespace Distributed.Coordinator.Tests.Commands;

public sealed class EvaluateAndPredictTests
{
    [Fact]
    public void Evaluate_prints_a_row_per_class_then_loss_and_accuracy()
    {
        const string Expected = """
            tiny on 4 test samples of tiny

            class samples correct recall precision  mostly taken for
                0       1       1 1.0000    0.5000
                1       3       2 0.6667    1.0000  0 (1)
                2       0       0      -         -

            loss 0.5000
            accuracy 0.7500
            weights digest bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb

            """;
        Assert.Equal(Expected, Output("evaluate runs/tiny-1", 80));
    }

    [Fact]
    public void Evaluate_fits_a_narrow_terminal() =>
        Assert.All(Output("evaluate runs/tiny-1", 40).Split('\n')[..^2], line => Assert.True(line.Length < 40, line));

    [Fact]
    public void Evaluate_as_json()
    {
        using JsonDocument json = JsonDocument.Parse(Output("evaluate runs/tiny-1 --json", 80));
        JsonElement root = json.RootElement;
        Assert.Equal(0.5, root.GetProperty("loss").GetDouble());
        Assert.Equal(0.75, root.GetProperty("accuracy").GetDouble());
        Assert.Equal(4, root.GetProperty("samples").GetInt32());
        Assert.Equal(64, root.GetProperty("weights_digest").GetString()!.Length);
        Assert.Equal(2, root.GetProperty("classes")[1].GetProperty("correct").GetInt32());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("classes")[2].GetProperty("recall").ValueKind);
        Assert.Equal("[1,2,0]", string.Concat(root.GetProperty("confusion")[1].GetRawText().Where(c => !char.IsWhiteSpace(c))));
    }

    [Fact]
    public void Predict_draws_the_sample_without_escape_codes_and_shows_label_and_probabilities()
    {
        string output = Output("predict model.safetensors --index 2", 80);
        Assert.DoesNotContain('\u001b', output);
        Assert.StartsWith("sample 2 of 4 test samples of tiny\n\n", output);
        Assert.Contains("▀ ▄", output);
        Assert.Contains($"0 {new string('█', 20)}{new string(' ', 20)} 0.5000\n", output);
        Assert.Contains($"1 {new string('█', 10)}{new string(' ', 30)} 0.2500  label\n", output);
        Assert.EndsWith("\nmost probable\n  0 0.5000\n  1 0.2500\n  2 0.2500\n\nlabel 1\nprediction 0 (wrong), probability 0.5000\n", output);
    }

    [Fact]
    public void Predict_takes_a_sample_from_standard_input_without_a_label()
    {
        var runner = new CommandLineRunner { Input = [.. Enumerable.Repeat<byte>(255, 16)] };
        Assert.Equal(0, runner.Run("predict runs/tiny-1 -"));
        Assert.Equal("", runner.Error);
        Assert.StartsWith("standard input\n\n████\n████\n\n0 ", runner.Output);
        Assert.EndsWith("\nmost probable\n  0 0.7500\n  1 0.2500\n  2 0.0000\n\nprediction 0, probability 0.7500\n", runner.Output);
        Assert.Null(runner.Models.Asked);
        runner = new CommandLineRunner { Input = [.. "2"u8, .. Enumerable.Repeat(",7"u8.ToArray(), 16).SelectMany(field => field)] };
        Assert.Equal(0, runner.Run("predict runs/tiny-1 - --json"));
        JsonElement root = JsonDocument.Parse(runner.Output).RootElement;
        Assert.Equal((2, false), (root.GetProperty("label").GetInt32(), root.GetProperty("correct").GetBoolean()));
        Assert.Equal([0, 1, 2], root.GetProperty("top").EnumerateArray().Select(top => top.GetProperty("class").GetInt32()));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(40)]
    [InlineData(80)]
    public void Predict_fits_the_terminal(int width) =>
        Assert.All(Output("predict model.safetensors --index 1", width).Split('\n')[1..^4], line => Assert.True(line.Length < width, line));

    [Fact]
    public void Predict_shows_the_first_sample_when_none_is_named() =>
        Assert.StartsWith("sample 0 of 4", Output("predict runs/tiny-1", 80));

    [Fact]
    public void Predict_as_json()
    {
        using JsonDocument json = JsonDocument.Parse(Output("predict runs/tiny-1 --index 2 --json", 80));
        JsonElement root = json.RootElement;
        Assert.Equal(2, root.GetProperty("index").GetInt32());
        Assert.Equal(1, root.GetProperty("label").GetInt32());
        Assert.Equal(0, root.GetProperty("prediction").GetInt32());
        Assert.False(root.GetProperty("correct").GetBoolean());
        Assert.Equal([0.5f, 0.25f, 0.25f], root.GetProperty("probabilities").EnumerateArray().Select(p => p.GetSingle()));
    }

    [Fact]
    public void The_options_reach_the_model_source()
    {
        var runner = new CommandLineRunner();
        Assert.Equal(0, runner.Run("evaluate runs/x --data a.csv --test-data b.csv --label-column 3"));
        Assert.Equal(new ModelQuery("runs/x", "a.csv", "b.csv", "3"), runner.Models.Asked);
    }

    [Theory]
    [InlineData("evaluate", "evaluate needs RUN|MODEL: a run's folder, as runs/scratch-mlp-1, or a model.safetensors")]
    [InlineData("predict --index 3", "predict needs RUN|MODEL: a run's folder, as runs/scratch-mlp-1, or a model.safetensors")]
    [InlineData("evaluate runs/a runs/b", "unexpected value \"runs/b\"; evaluate takes RUN|MODEL")]
    [InlineData("predict runs/a --index 4", "--index must be from 0 to 3, since there are 4 test samples of tiny, not 4")]
    [InlineData("predict runs/a --index -1", "--index must be a whole number of at least 0, not \"-1\"")]
    [InlineData("predict runs/a --indx 1", "unknown option --indx; did you mean --index?")]
    [InlineData("predict runs/a 3", "3 is no file; did you mean --index 3?")]
    [InlineData("predict runs/a - x", "unexpected value \"x\"; predict takes RUN|MODEL then FILE|-")]
    [InlineData("predict runs/a - --data mnist", "--data and a sample of one's own (-) do not go together; leave one out")]
    [InlineData("predict runs/a -", "standard input is empty; an image of an IDX file, a CSV row or 16 raw bytes are expected")]
    [InlineData("evaluate runs/a --index 1", "--index is an option of predict, not of evaluate")]
    [InlineData("evaluate runs/a --epochs 1", "--epochs is an option of train and tune, not of evaluate")]
    public void Wrong_lines_are_refused(string commandLine, string sentence) => Assert.Equal(sentence, Refusal(commandLine));

    private static string Output(string commandLine, int width)
    {
        var runner = new CommandLineRunner { Width = width };
        Assert.Equal(0, runner.Run(commandLine));
        Assert.Equal("", runner.Error);
        return runner.Output;
    }
}
