using Distributed.Coordinator.Fencing;

namespace Distributed.Coordinator.Tests.Fencing;

public sealed class OwnershipRuleTests
{
    [Theory]
    [InlineData(false, false, false, false, 0, OwnershipDecision.TakeOver)] // ended in order
    [InlineData(false, true, true, true, 0, OwnershipDecision.TakeOver)] // ended in order; the process does something else
    [InlineData(true, true, false, false, 0, OwnershipDecision.TakeOver)] // kill -9 here
    [InlineData(true, true, true, false, 0, OwnershipDecision.Watch)] // alive or stopped
    [InlineData(true, true, true, true, 1, OwnershipDecision.Refuse)] // alive here
    [InlineData(true, true, true, false, 6, OwnershipDecision.TakeOver)] // stopped here
    [InlineData(true, false, false, false, 0, OwnershipDecision.Watch)] // another machine
    [InlineData(true, false, false, true, 1, OwnershipDecision.Refuse)] // alive there
    [InlineData(true, false, false, false, 6, OwnershipDecision.TakeOver)] // gone there
    public void Decides(bool hasFolder, bool isHere, bool exists, bool hasBeaten, int seconds, OwnershipDecision decision)
    {
        var signs = new OwnerSigns(hasFolder, isHere, exists, hasBeaten, TimeSpan.FromSeconds(seconds));
        Assert.Equal(decision, OwnershipRule.Decide(signs).Decision);
    }

    [Fact]
    public void SilenceOutlastsAFewMissedSignsOfLife() => Assert.True(OwnershipRule.SilenceMax >= 4 * OwnershipRule.BeatInterval);
}
