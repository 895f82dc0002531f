using static Distributed.Coordinator.Tests.Commands.CommandLineRunner;

namespace Distributed.Coordinator.Tests.Commands;

/// <summary>A value that is not allowed is refused with the range in the sentence.</summary>
public sealed class ValueErrorTests
{
    private const string Fraction = "a number from 0 up to, but not including, 1";
    private const string Split = "a share from 0 up to 1 (0.1), or a whole number of samples (1000)";
    private const string Schedule =
        "constant, step:EPOCHS:FACTOR (as in step:2:0.5), exponential:FACTOR (exponential:0.9), cosine or linear, these with or without a floor (cosine:0.1)";
    private const string Weights = "uniform:A, normal:S, constant:C (as in uniform:0.1), xavier or he";
    private const string Biases = "constant:C, uniform:A or normal:S (as in constant:0)";
    private const string Hidden = "the units of each hidden layer, as 128 or 128,64 (at most 16 layers of 1 to 65536 units), or none";

    [Theory]
    [InlineData("--workers 0", "a whole number from 1 to 1024")]
    [InlineData("--workers 1025", "a whole number from 1 to 1024")]
    [InlineData("--workers -4", "a whole number from 1 to 1024")]
    [InlineData("--workers 2.5", "a whole number from 1 to 1024")]
    [InlineData("--workers four", "a whole number from 1 to 1024")]
    [InlineData("--workers 99999999999999999999", "a whole number from 1 to 1024")]
    [InlineData("--epochs 0", "a whole number from 1 to 1000000")]
    [InlineData("--epochs 1e3", "a whole number from 1 to 1000000")]
    [InlineData("--batch-size 0", "a whole number of at least 1, or full")]
    [InlineData("--batch-size all", "a whole number of at least 1, or full")]
    [InlineData("--microbatches 0", "a whole number from 1 to 1024")]
    [InlineData("--microbatches 2000", "a whole number from 1 to 1024")]
    [InlineData("--checkpoint-every 0", "a whole number of at least 1")]
    [InlineData("--train-samples -1", "a whole number of at least 1, or all")]
    [InlineData("--seed -1", "a whole number from 0 to 18446744073709551615")]
    [InlineData("--seed 18446744073709551616", "a whole number from 0 to 18446744073709551615")]
    [InlineData("--learning-rate 0", "a number above 0")]
    [InlineData("--learning-rate -0.1", "a number above 0")]
    [InlineData("--learning-rate NaN", "a number above 0")]
    [InlineData("--learning-rate Infinity", "a number above 0")]
    [InlineData("--learning-rate 1e60", "a number above 0")]
    [InlineData("--learning-rate 1e-60", "a number above 0")]
    [InlineData("--learning-rate fast", "a number above 0")]
    [InlineData("--dropout 1", Fraction)]
    [InlineData("--dropout -0.1", Fraction)]
    [InlineData("--dropout 50%", Fraction)]
    [InlineData("--momentum 1.5", Fraction)]
    [InlineData("--beta1 1", Fraction)]
    [InlineData("--beta2 nan", Fraction)]
    [InlineData("--epsilon 0", "a number above 0")]
    [InlineData("--clip-norm 0", "a number above 0, or off")]
    [InlineData("--clip-norm -1", "a number above 0, or off")]
    [InlineData("--l2 -1", "a number of at least 0")]
    [InlineData("--l2 inf", "a number of at least 0")]
    [InlineData("--validation-split 1.5", Split)]
    [InlineData("--validation-split -0.1", Split)]
    [InlineData("--validation-split 10%", Split)]
    [InlineData("--warmup 1.5", "a share from 0 up to 1 (0.05), or a whole number of steps (200)")]
    [InlineData("--schedule cos", Schedule)]
    [InlineData("--schedule constant:1", Schedule)]
    [InlineData("--hidden 0", Hidden)]
    [InlineData("--hidden 128,", Hidden)]
    [InlineData("--hidden 128;64", Hidden)]
    [InlineData("--hidden -5", Hidden)]
    [InlineData("--hidden 70000", Hidden)]
    [InlineData("--hidden 1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1", Hidden)]
    [InlineData("--activation swish", "relu, sigmoid or tanh")]
    [InlineData("--optimizer lion", "sgd, momentum, adam or adamw")]
    [InlineData("--scale zscore", "none, min-max or standard")]
    [InlineData("--init zeros", Weights)]
    [InlineData("--init constant:x", Weights)]
    [InlineData("--init :0.1", Weights)]
    [InlineData("--bias-init he", Biases)]
    [InlineData("--bias-init 0", Biases)]
    public void The_sentence_names_option_range_and_value(string commandLine, string allowed)
    {
        string[] words = commandLine.Split(' ');
        Assert.Equal($"{words[0]} must be {allowed}, not \"{words[1]}\"", Refusal(commandLine));
    }

    [Theory]
    [InlineData("--activation rleu", "did you mean relu?")]
    [InlineData("--activation ReLU", "did you mean relu?")]
    [InlineData("--optimizer SGD", "did you mean sgd?")]
    [InlineData("--optimizer adma", "did you mean adam?")]
    [InlineData("--scale minmax", "did you mean min-max?")]
    [InlineData("--learning-rate 0,05", "write 0.05, with a point")]
    [InlineData("--validation-split 0,1", "write 0.1, with a point")]
    [InlineData("--init uniform", "uniform takes a number above 0 after the colon")]
    [InlineData("--init normal:0", "normal takes a number above 0 after the colon")]
    [InlineData("--bias-init uniform:-1", "uniform takes a number above 0 after the colon")]
    [InlineData("--schedule step", "step takes whole epochs of at least 1, then a factor above 0 and at most 1")]
    [InlineData("--schedule step:0:0.5", "step takes whole epochs of at least 1, then a factor above 0 and at most 1")]
    [InlineData("--schedule step:2:0", "step takes whole epochs of at least 1, then a factor above 0 and at most 1")]
    [InlineData("--schedule step:2:1.5", "step takes whole epochs of at least 1, then a factor above 0 and at most 1")]
    [InlineData("--schedule exponential:-0.5", "exponential takes a factor above 0 and at most 1")]
    [InlineData("--schedule exponential:nan", "exponential takes a factor above 0 and at most 1")]
    [InlineData("--schedule cosine:2", "the floor of cosine is a share of the rate, from 0 to 1")]
    [InlineData("--schedule linear:0.1:2", "the floor of linear is a share of the rate, from 0 to 1")]
    public void A_value_that_is_nearly_right_gets_a_hint(string commandLine, string hint) =>
        Assert.EndsWith($"; {hint}", Refusal(commandLine));

    [Theory]
    [InlineData("--momentum 0.5", "--momentum has no effect without --optimizer momentum; add that or leave --momentum out")]
    [InlineData("--optimizer momentum --beta1 0.5", "--beta1 has no effect without --optimizer adam or adamw; add that or leave --beta1 out")]
    [InlineData("--beta2 0.5", "--beta2 has no effect without --optimizer adam or adamw; add that or leave --beta2 out")]
    [InlineData("--epsilon 0.5", "--epsilon has no effect without --optimizer adam or adamw; add that or leave --epsilon out")]
    [InlineData(
        "--optimizer adam --weight-decay 0.1",
        "--weight-decay has no effect without --optimizer adamw; add that or leave --weight-decay out"
    )]
    [InlineData(
        "--hidden none --dropout 0.5",
        "--dropout has no effect without a hidden layer (--hidden 128); add that or leave --dropout out"
    )]
    [InlineData(
        "--recipe softmax-regression --activation tanh",
        "--activation has no effect without a hidden layer (--hidden 128); add that or leave --activation out"
    )]
    public void An_option_without_effect_is_refused_rather_than_ignored(string commandLine, string sentence) =>
        Assert.Equal(sentence, Refusal(commandLine));

    [Theory]
    [InlineData("--recipe scratch-mpl", "unknown recipe \"scratch-mpl\"; did you mean scratch-mlp?")]
    [InlineData("--recipe Adam-MLP", "unknown recipe \"Adam-MLP\"; did you mean adam-mlp?")]
    [InlineData("--recipe softmax", "unknown recipe \"softmax\"; did you mean softmax-regression?")]
    [InlineData("--recipe nosuch/file.yaml", "recipe file nosuch/file.yaml does not exist")]
    [InlineData(
        "--recipe resnet50",
        "unknown recipe \"resnet50\"; the recipes are scratch-mlp, softmax-regression, kaggle-two-layer, dropout-mlp, adam-mlp, or give a recipe file"
    )]
    [InlineData("recipes show scratch-mpl", "unknown recipe \"scratch-mpl\"; did you mean scratch-mlp?")]
    [InlineData(
        "recipes show",
        "recipes show needs a recipe's name: scratch-mlp, softmax-regression, kaggle-two-layer, dropout-mlp, adam-mlp"
    )]
    [InlineData(
        "recipes show my.yaml",
        "unknown recipe \"my.yaml\"; the recipes are scratch-mlp, softmax-regression, kaggle-two-layer, dropout-mlp, adam-mlp"
    )]
    [InlineData("recipes adam-mlp", "recipes does not take a name alone; did you mean recipes show adam-mlp?")]
    [InlineData("recipes shwo adam-mlp", "unknown word \"shwo\" after recipes; did you mean show?")]
    [InlineData("recipes show adam-mlp now", "unexpected value \"now\"; recipes takes show then NAME")]
    public void An_unknown_recipe_is_answered_with_the_nearest(string commandLine, string sentence) =>
        Assert.Equal(sentence, Refusal(commandLine));
}
