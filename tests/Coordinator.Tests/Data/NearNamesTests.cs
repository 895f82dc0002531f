using Distributed.Coordinator.Data;

namespace Distributed.Coordinator.Tests.Data;

public sealed class NearNamesTests
{
    [Theory]
    [InlineData("tran.csv", "train.csv")]
    [InlineData("TRAIN.CSV", "train.csv")]
    [InlineData("trian.csv", "train.csv")]
    [InlineData("minst", "mnist")]
    [InlineData("y", "y")]
    public void FindsWhatWasMeant(string name, string meant) => Assert.Equal(meant, NearNames.Of(name, ["zebra-crossing", "train.csv", "mnist", "y"])[0]);

    [Fact]
    public void NamesNothingThatIsFar() => Assert.Empty(NearNames.Of("weights.bin", ["train.csv", "mnist"]));

    [Fact]
    public void NamesThreeAtMostNearestFirst() => Assert.Equal(["a1bc", "a12bc", "a1b2c"], NearNames.Of("a1bc", ["a1b2c", "a12bc", "a1bc", "xa1bcy"]));
}
