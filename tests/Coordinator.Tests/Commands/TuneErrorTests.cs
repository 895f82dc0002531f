using static Distributed.Coordinator.Tests.Commands.CommandLineRunner;

namespace Distributed.Coordinator.Tests.Commands;

/// <summary>Whatever is wrong with a tuning is one sentence, before anything is trained or written.</summary>
public sealed class TuneErrorTests
{
    [Theory]
    [InlineData("", "tune needs --grid KEY=VALUES, as --grid learning-rate=0.001,0.01: the values to try for one of train's options")]
    [InlineData("--grid learning-rate", "--grid must be KEY=VALUES, as learning-rate=0.001,0.01, not \"learning-rate\"")]
    [InlineData("--grid =0.1", "--grid must be KEY=VALUES, as learning-rate=0.001,0.01, not \"=0.1\"")]
    [InlineData("--grid learning-rate=", "--grid learning-rate has no values; give some, as --grid learning-rate=A,B")]
    [InlineData("--grid learning-rate=0.1,,0.2", "--grid learning-rate has an empty value; leave out the separator beside it")]
    [InlineData("--grid learning-rate=0.1,0.2,", "--grid learning-rate has an empty value; leave out the separator beside it")]
    [InlineData("--grid learning-rate=0.1,1e-1", "--grid learning-rate gives 0.1 twice; leave one out")]
    [InlineData("--grid learning-rate=x", "--grid learning-rate must be a number above 0, not \"x\"")]
    [InlineData("--grid lr=0.1", "--grid: a recipe has no value \"lr\"; did you mean learning-rate?")]
    [InlineData("--grid workers=1,2", "--grid: a recipe has no value \"workers\"; it has hidden, activation, dropout, init, bias-init, optimizer, "
        + "learning-rate, schedule, warmup, momentum, beta1, beta2, epsilon, l2, weight-decay, clip-norm, label-smoothing, epochs, early-stopping, "
        + "early-stopping-metric, batch-size, microbatches, seed, scale, train-samples, validation-split")]
    [InlineData("--grid hidden=64,32", "--grid hidden=64,32 is one value, since its own parts have commas; separate values by semicolons, in quotes "
        + "('hidden=64;32'), or give --hidden 64,32 for one")]
    [InlineData("--grid hidden=64;0", "--grid hidden must be the units of each hidden layer, as 128 or 128,64 (at most 16 layers of 1 to 65536 units), "
        + "or none, not \"0\"")]
    [InlineData("--grid epochs=1,2 --grid epochs=3", "--grid epochs is given twice; give all its values at once: --grid epochs=A,B")]
    [InlineData("--grid learning-rate=0.1 --learning-rate 0.2",
        "--learning-rate and --grid learning-rate do not go together: a value is fixed or tried; leave one out")]
    [InlineData("--grid momentum=0.8,0.9", "--grid momentum has no effect without --optimizer momentum; add that or leave momentum out")]
    [InlineData("--grid epochs=1,2 --momentum 0.8", "--momentum has no effect without --optimizer momentum; add that or leave --momentum out")]
    [InlineData("--grid learning-rate=0.001..0.1",
        "--grid learning-rate=0.001..0.1 is a range, and every number of it cannot be tried; add --random N to draw some")]
    [InlineData("--grid dropout=0..0.5 --random 3",
        "--grid dropout=0..0.5: a range goes from a number above 0 to a larger one, since equal ratios are equally likely")]
    [InlineData("--grid learning-rate=0.1..0.1 --random 3",
        "--grid learning-rate=0.1..0.1: a range goes from a number above 0 to a larger one, since equal ratios are equally likely")]
    [InlineData("--grid dropout=0.1..1.5 --random 3", "--grid dropout must be a number from 0 up to, but not including, 1, not \"1.5\"")]
    [InlineData("--grid epochs=1,2 --random 3",
        "--random 3: the grid has only 2 different trials; ask for fewer, or leave --random out to try them all")]
    [InlineData("--grid batch-size=16..18 --random 4", "--random 4: the grid has only 3 different trials; ask for fewer")]
    [InlineData("--grid epochs=1,2 --random 0", "--random must be a whole number from 1 to 10000, not \"0\"")]
    [InlineData("--grid epochs=1,2 --halving", "--halving and --grid epochs do not go together: rungs are counted in epochs; leave one out")]
    [InlineData("--grid seed=1,2 --halving",
        "--halving has no effect on 2 trials of 5 epochs: keeping one in 3 takes at least 3 trials of 3 epochs; "
            + "leave it out, or add to what there is too little of")]
    [InlineData("--grid seed=1,2 --halving 1", "--halving must be a whole number of at least 2, not \"1\"")]
    [InlineData("--grid seed=1,2 --metric test_accuracy", "--metric must be validation_accuracy or validation_loss, not \"test_accuracy\"")]
    [InlineData("--grid validation-split=0,0.1",
        "trial 1 would have no validation samples to be ranked by; hold some out, as --validation-split 0.1")]
    [InlineData("--grid seed=1,2 --validation-split 0",
        "trial 1 would have no validation samples to be ranked by; hold some out, as --validation-split 0.1")]
    [InlineData("--grid validation-split=0.1,2000",
        "--validation-split 2000: of 1000 training samples none would be left to train on; hold out fewer")]
    [InlineData("--grid seed=1,2 --random 2 --random 2", "--random is given twice; give it once")]
    [InlineData("--grid", "--grid needs a value: --grid KEY=VALUES (values to try for an option: learning-rate=0.001,0.01; 'hidden=64,32;128,64'; "
        + "learning-rate=1e-4..0.1)")]
    [InlineData("--grid seed=1,2 --parallel 0", "--parallel must be a whole number from 1 to 1024, not \"0\"")]
    [InlineData("--grid seed=1,2 --single-process", "--single-process is an option of train, not of tune")]
    [InlineData("--resume nowhere", "--resume nowhere holds no tuning: it has no tuning.json; give the folder that tune printed")]
    [InlineData("--resume nowhere --grid seed=1",
        "--grid cannot change a tuning that is resumed: nowhere keeps its own; leave --grid out, or start a new tuning")]
    [InlineData("--resume nowhere --epochs 3",
        "--epochs cannot change a tuning that is resumed: nowhere keeps its own; leave --epochs out, or start a new tuning")]
    public void A_wrong_line_is_one_sentence(string options, string sentence) => Assert.Equal(sentence, Refusal($"tune {options}"));

    [Fact]
    public void A_grid_that_is_too_large_says_how_to_draw_from_it()
    {
        string thousand = string.Join(',', Enumerable.Range(1, 1000));
        Assert.Equal(
            "the grid has 1000000 points, and a tuning at most 10000 trials; draw some of them with --random N",
            Refusal($"tune --grid seed={thousand} --grid epochs={thousand}"));
    }
}
