using Distributed.Coordinator.Transport;
using Distributed.Numerics.Models;
using Distributed.Numerics.Reduction;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Tests.Transport;

/// <summary>Nothing that a partial of another process says of itself is believed.</summary>
public sealed class PartialCheckTests
{
    private static readonly Recipe Recipe = new() { Name = "x", Hidden = [3], BatchSize = 10, Microbatches = 4, Epochs = 2 };

    private static readonly RunDescription Run = new(Recipe, FeatureScale.Identity, Recipe.ShapeFor(2, 2), [.. Enumerable.Range(0, 15)]);

    [Theory]
    [InlineData(0, 0, 4, 10)]
    [InlineData(0, 2, 2, 4)]
    [InlineData(1, 0, 1, 2)]
    [InlineData(3, 3, 1, 1)]
    public void WhatIsRightPasses(int step, int first, int count, int samples) => Assert.Null(Problem(step, first, count, samples, 0));

    [Theory]
    [InlineData(-1, 0, 1, 3, 0)]
    [InlineData(4, 0, 1, 3, 0)]
    [InlineData(int.MaxValue, 0, 1, 3, 0)]
    [InlineData(0, -1, 1, 3, 0)]
    [InlineData(0, 1, 2, 5, 0)]
    [InlineData(0, 4, 1, 3, 0)]
    [InlineData(0, 0, 0, 0, 0)]
    [InlineData(0, 0, int.MaxValue, 3, 0)]
    [InlineData(0, 1 << 30, 1 << 30, 3, 0)]
    [InlineData(0, 0, 1, 4, 0)]
    [InlineData(0, 0, 1, 3, 4)]
    [InlineData(0, 0, 1, 3, -1)]
    public void WhatIsWrongIsNamed(int step, int first, int count, int samples, int correct) =>
        Assert.NotNull(Problem(step, first, count, samples, correct));

    private static string? Problem(int step, int first, int count, int samples, int correct)
    {
        Partial partial = new PartialPool(17).Rent();
        partial.Address(new WorkerId(1), new Incarnation(1), new StepNumber(step), new MicrobatchRange(first, count));
        partial.Statistics = new PartialStatistics(0, correct, samples);
        return PartialCheck.Problem(Run, partial);
    }
}
