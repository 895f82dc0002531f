using Distributed.Coordinator.Training;
using Distributed.Numerics.Models;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tests.Training;

public sealed class EarlyStoppingTests
{
    [Fact]
    public void The_lowest_loss_is_kept_and_the_first_of_equals()
    {
        EarlyStopping stopping = Run(EarlyStoppingMetric.Loss, patience: 3, (8, 1), (6, 1), (6, 3), (7, 4));
        Assert.Equal((2, 2, 0.6), (stopping.BestEpoch, stopping.Waited, stopping.Best));
        Assert.Equal([2f], stopping.BestWeights);
        Assert.False(stopping.ShouldStop);
    }

    [Fact]
    public void The_highest_accuracy_is_kept_whatever_the_loss()
    {
        EarlyStopping stopping = Run(EarlyStoppingMetric.Accuracy, patience: 2, (1, 4), (2, 7), (3, 7), (0.5, 6));
        Assert.Equal((2, 2, 0.7), (stopping.BestEpoch, stopping.Waited, stopping.Best));
        Assert.Equal([2f], stopping.BestWeights);
        Assert.True(stopping.ShouldStop);
        Assert.Equal(
            "the validation accuracy has not risen above 0.7000 for 2 epochs; the weights of epoch 2, which had it, are the result", stopping.Reason);
    }

    [Fact]
    public void A_loss_that_is_no_number_is_no_improvement()
    {
        EarlyStopping stopping = Run(EarlyStoppingMetric.Loss, patience: 2, (double.NaN, 0), (5, 1), (double.NaN, 9), (double.NaN, 9));
        Assert.Equal((2, 2), (stopping.BestEpoch, stopping.Waited));
        Assert.True(stopping.ShouldStop);
    }

    [Fact]
    public void Another_one_goes_on_where_it_was()
    {
        EarlyStopping first = Run(EarlyStoppingMetric.Accuracy, patience: 2, (1, 5), (1, 4));
        var next = new EarlyStopping(patience: 2, EarlyStoppingMetric.Accuracy, parameters: 1);
        next.Restore(first.Best, first.BestEpoch, first.Waited, first.BestWeights);
        next.Observe(3, Of(1, 5), [3f]);
        Assert.Equal((1, 2, true), (next.BestEpoch, next.Waited, next.ShouldStop));
    }

    /// <summary>Ten samples an epoch; the weights of an epoch are its number.</summary>
    private static EarlyStopping Run(EarlyStoppingMetric metric, int patience, params (double LossSum, int Correct)[] epochs)
    {
        var stopping = new EarlyStopping(patience, metric, parameters: 1);
        for (int i = 0; i < epochs.Length; i++)
        {
            stopping.Observe(i + 1, Of(epochs[i].LossSum, epochs[i].Correct), [i + 1f]);
        }

        return stopping;
    }

    private static Evaluation Of(double lossSum, int correct) => new(new PartialStatistics(lossSum, correct, 10), [correct, 0], [10, 0]);
}
