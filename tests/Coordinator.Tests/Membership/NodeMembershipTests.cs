using Distributed.Coordinator.Membership;
using Distributed.Protocol;
using Distributed.Protocol.Clusters;

namespace Distributed.Coordinator.Tests.Membership;

/// <summary>What a cluster's news of a node means for the run.</summary>
public sealed class NodeMembershipTests
{
    private static readonly (WorkerId, Incarnation) Life = (new WorkerId(3), new Incarnation(2));
    private static readonly NodeFacts Worker = new("10.0.0.9:40000", IsSelf: false, NodeRole.Worker, Life);
    private static readonly NodeFacts Stranger = Worker with { Life = null };
    private static readonly NodeFacts Standby = new("10.0.0.8:7601", IsSelf: false, NodeRole.Standby, null);
    private static readonly NodeFacts Self = new("10.0.0.7:7601", IsSelf: true, NodeRole.Coordinator, null);

    [Theory]
    [InlineData(NodeChange.Unreachable, "no heartbeat in the cluster")]
    [InlineData(NodeChange.Removed, "removed from the cluster")]
    public void ALostNodeIsTheLossOfItsWorkerInThatLife(NodeChange change, string reason)
    {
        var lose = Assert.IsType<MembershipDecision.Lose>(NodeMembership.Decide(change, Worker));
        Assert.Equal(Life, (lose.Worker, lose.Incarnation));
        Assert.Contains(reason, lose.Reason);
    }

    [Theory]
    [InlineData(NodeChange.Unreachable)]
    [InlineData(NodeChange.Removed)]
    public void ANodeWhoseWorkerHasNotJoinedIsNobodysLoss(NodeChange change) =>
        Assert.IsType<MembershipDecision.Ignore>(NodeMembership.Decide(change, Stranger));

    [Theory]
    [InlineData(NodeChange.Up)]
    [InlineData(NodeChange.Reachable)]
    public void AWorkersNodeIsToldWhereTheCoordinatorIs(NodeChange change) =>
        Assert.IsType<MembershipDecision.Announce>(NodeMembership.Decide(change, Stranger));

    [Theory]
    [InlineData(NodeChange.Up, "is a member of the cluster")]
    [InlineData(NodeChange.Unreachable, "no heartbeat from the standby at 10.0.0.8:7601")]
    [InlineData(NodeChange.Reachable, "heard again")]
    [InlineData(NodeChange.Removed, "gone")]
    public void PeopleAreToldOfStandbys(NodeChange change, string text) =>
        Assert.Contains(text, Assert.IsType<MembershipDecision.Tell>(NodeMembership.Decide(change, Standby)).Reason);

    [Fact]
    public void AStandbyIsToldOfItsCoordinator() =>
        Assert.Contains("the coordinator at", NodeMembership.Decide(NodeChange.Unreachable, Standby with { Role = NodeRole.Coordinator }).Reason);

    [Fact]
    public void ARemovedCoordinatorStepsDown() =>
        Assert.Contains("nothing more is written", Assert.IsType<MembershipDecision.StepDown>(NodeMembership.Decide(NodeChange.Removed, Self)).Reason);

    [Theory]
    [InlineData(NodeChange.Up)]
    [InlineData(NodeChange.Unreachable)]
    [InlineData(NodeChange.Reachable)]
    public void OtherNewsOfOneselfIsNone(NodeChange change) => Assert.IsType<MembershipDecision.Ignore>(NodeMembership.Decide(change, Self));
}
