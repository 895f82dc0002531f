using Distributed.Protocol.Clusters;

namespace Distributed.Protocol.Tests.Clusters;

/// <summary>Whom a worker follows when more than one coordinator announces itself.</summary>
public sealed class CoordinatorChoiceTests
{
    private static readonly CoordinatorContact First = new(new NodeAddress("10.0.0.7", 7600), 1);
    private static readonly CoordinatorContact Second = new(new NodeAddress("10.0.0.8", 7600), 2);

    [Fact]
    public void TheFirstThatIsHeardIsFollowed() => Assert.True(CoordinatorChoice.Decide(null, Second).Follow);

    [Fact]
    public void ALaterOneIsFollowed()
    {
        (bool follow, string reason) = CoordinatorChoice.Decide(First, Second);
        Assert.True(follow);
        Assert.Contains("10.0.0.8:7600", reason);
    }

    [Fact]
    public void AnOldOneThatWakesUpIsNot()
    {
        (bool follow, string reason) = CoordinatorChoice.Decide(Second, First);
        Assert.False(follow);
        Assert.Contains("old", reason);
    }

    [Fact]
    public void TheSameIsFollowedOnce() => Assert.False(CoordinatorChoice.Decide(Second, Second).Follow);
}
