using Distributed.Simulation.Scale;

namespace Distributed.Simulation.Tests;

/// <summary>The cost model against what can be worked out by hand.</summary>
public sealed class ScaleTests
{
    private static readonly ScaleOptions Options = new() { WorkerGigabits = 10, CoordinatorGigabits = 10, LatencyMicroseconds = 0 };

    /// <summary>Weights out, compute, partial in, one addition, an update of three passes: one after the other.</summary>
    [Fact]
    public void OneWorkersStepIsTheSumOfItsParts()
    {
        const double Parameters = 1e7;
        double wire = 2 * (4 * Parameters) / (10e9 / 8);
        double memory = 4 * (4 * Parameters) / 10e9;
        double expected = wire + memory + Options.ComputeSeconds(Parameters, 1);
        Assert.Equal(expected, 1 / ScaleStudy.Point(Options, Parameters, 1, null).StepsPerSecond, expected * 1e-3);
    }

    /// <summary>With very many workers the star's coordinator does nothing but send and receive, each worker's tensor after the other.</summary>
    [Fact]
    public void TheStarEndsAtTheCoordinatorsLink()
    {
        const double Parameters = 1e6;
        const int Workers = 2048;
        double wire = Workers * (4 * Parameters) / (10e9 / 8);
        double seconds = 1 / ScaleStudy.Point(Options, Parameters, Workers, null).StepsPerSecond;
        Assert.InRange(seconds, wire, 2.1 * wire);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(1024)]
    public void ATreeIsFasterThanAStarOfManyWorkers(int workers)
    {
        double star = ScaleStudy.Point(Options, 1e6, workers, null).StepsPerSecond;
        double tree = ScaleStudy.Point(Options, 1e6, workers, 16).StepsPerSecond;
        Assert.True(tree > 4 * star, $"{tree} and {star} steps per second");
    }

    [Fact]
    public void NobodyIsMoreEfficientThanItsArithmetic() =>
        Assert.All([1, 2, 16, 17, 100, 300], workers => Assert.InRange(ScaleStudy.Point(Options, 1e5, workers, 16).Efficiency, 0, 1));
}
