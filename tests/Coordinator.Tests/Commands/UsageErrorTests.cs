using static Distributed.Coordinator.Tests.Commands.CommandLineRunner;

namespace Distributed.Coordinator.Tests.Commands;

/// <summary>Every wrong command line gets exit code 2 and one sentence, and trains nothing.</summary>
public sealed class UsageErrorTests
{
    [Theory]
    [InlineData("--worker 4", "unknown option --worker; did you mean --workers?")]
    [InlineData("train --worker 4", "unknown option --worker; did you mean --workers?")]
    [InlineData("--worker=4", "unknown option --worker; did you mean --workers?")]
    [InlineData("-workers 4", "unknown option -workers; did you mean --workers?")]
    [InlineData("--Workers 4", "unknown option --Workers; did you mean --workers?")]
    [InlineData("--wrokers 4", "unknown option --wrokers; did you mean --workers?")]
    [InlineData("--learning_rate 0.1", "unknown option --learning_rate; did you mean --learning-rate?")]
    [InlineData("--lr 0.1", "unknown option --lr; did you mean --learning-rate?")]
    [InlineData("--batch 32", "unknown option --batch; did you mean --batch-size?")]
    [InlineData("--regularization 0.1", "unknown option --regularization; did you mean --l2?")]
    [InlineData("--threads 4", "unknown option --threads; did you mean --workers?")]
    [InlineData("--output x", "unknown option --output; did you mean --run-dir?")]
    [InlineData("--singleprocess", "unknown option --singleprocess; did you mean --single-process?")]
    [InlineData("--epoch=3", "unknown option --epoch; did you mean --epochs?")]
    public void An_unknown_option_is_answered_with_the_nearest(string commandLine, string sentence) =>
        Assert.Equal(sentence, Refusal(commandLine));

    [Theory]
    [InlineData("--cluster --seed-node a:1", "--cluster needs --listen HOST:PORT: the cluster's workers bring their gradients there")]
    [InlineData("--seed-node a:1", "--seed-node has no effect without --cluster; add that or leave --seed-node out")]
    [InlineData("--cluster --listen a:1 --seed-node a:1 --role worker", "--role worker: this program can be coordinator or standby")]
    [InlineData(
        "--cluster --listen a:1 --seed-node a:1 --role standby",
        "--role standby needs --run-dir DIR: the coordinator's folder, on storage that both reach")]
    [InlineData(
        "--cluster --listen a:1 --seed-node a:1 --role standby --run-dir d --epochs 3",
        "--epochs has no effect on a standby: it goes on with the run in --run-dir as it is; leave --epochs out")]
    public void A_node_of_a_cluster_needs_what_belongs_to_it(string commandLine, string sentence) => Assert.Equal(sentence, Refusal(commandLine));

    [Theory]
    [InlineData("--quorum 3")]
    [InlineData("--pool max")]
    [InlineData("--xyzzy")]
    [InlineData("-x")]
    public void An_option_like_no_other_points_to_the_list(string commandLine) =>
        Assert.Equal(
            $"unknown option {commandLine.Split(' ')[0]}; \"coordinator train --help\" lists those there are",
            Refusal(commandLine)
        );

    [Theory]
    [InlineData("trian", "unknown command \"trian\"; did you mean train?")]
    [InlineData("Train", "unknown command \"Train\"; did you mean train?")]
    [InlineData("recipe", "unknown command \"recipe\"; did you mean recipes?")]
    [InlineData("evalute runs/x", "unknown command \"evalute\"; did you mean evaluate?")]
    [InlineData("test runs/x --json", "unknown command \"test\"; did you mean evaluate?")]
    [InlineData("help", "unknown command \"help\"; did you mean --help?")]
    [InlineData("adam-mlp", "unknown command \"adam-mlp\"; did you mean --recipe adam-mlp?")]
    [InlineData("quantize", "unknown command \"quantize\"; the commands are train, evaluate, predict, compare, inspect, export, tune and recipes")]
    [InlineData("sweep", "unknown command \"sweep\"; did you mean tune?")]
    [InlineData("exprt", "unknown command \"exprt\"; did you mean export?")]
    public void An_unknown_command_is_answered_with_the_nearest(string commandLine, string sentence) =>
        Assert.Equal(sentence, Refusal(commandLine));

    [Theory]
    [InlineData("--workers 2 --workers 3", "--workers is given twice; give it once")]
    [InlineData("--seed 1 --seed 1 --seed 1", "--seed is given 3 times; give it once")]
    [InlineData("--single-process --single-process", "--single-process is given twice; give it once")]
    [InlineData("--workers 2 train --workers 3", "--workers is given twice; give it once")]
    [InlineData("train 4", "unexpected value \"4\"; train takes options only")]
    [InlineData("train --single-process true", "unexpected value \"true\"; train takes options only")]
    [InlineData("train --single-process=false", "unexpected value \"false\"; train takes options only")]
    [InlineData("--json", "--json is an option of evaluate, predict, compare, inspect and recipes, not of train")]
    [InlineData("--index 3", "--index is an option of predict, not of train")]
    [InlineData("--workers 3 recipes", "--workers is an option of train, not of recipes")]
    [InlineData("recipes --epochs 3", "--epochs is an option of train and tune, not of recipes")]
    [InlineData("--data mnist evaluate runs/x", "--data belongs after the command: coordinator evaluate --data …")]
    public void Words_in_the_wrong_place_are_refused(string commandLine, string sentence) => Assert.Equal(sentence, Refusal(commandLine));

    [Theory]
    [InlineData("--workers", "--workers needs a value: --workers N (")]
    [InlineData("--workers=", "--workers needs a value: --workers N (")]
    [InlineData("--data --epochs 3", "--data needs a value: --data SOURCE (")]
    [InlineData("--epochs --seed 3", "--epochs needs a value: --epochs N (")]
    [InlineData("--run-dir", "--run-dir needs a value: --run-dir DIR (")]
    public void A_missing_value_is_named(string commandLine, string beginning) => Assert.StartsWith(beginning, Refusal(commandLine));

    [Fact]
    public void Of_several_mistakes_only_the_most_helpful_is_shown()
    {
        Assert.Equal("unknown option --epoch; did you mean --epochs?", Refusal("--workers 0 --epoch 5 --seed"));
        Assert.Equal("unknown option --epoch; did you mean --epochs?", Refusal("--epoch 5 --worker 4"));
    }

    [Fact]
    public void Control_characters_in_a_word_do_not_reach_the_terminal() =>
        Assert.Equal("--epochs must be a whole number from 1 to 1000000, not \"5?[31m\"", Refusal(["--epochs", "5\u001b[31m"]));
}
