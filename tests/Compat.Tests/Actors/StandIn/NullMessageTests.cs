using Akka.Actor;

namespace Distributed.Compat.Tests.Actors.StandIn;

public sealed class NullMessageTests : ActorTest
{
    /// <summary>The real library does not refuse it.</summary>
    [Fact]
    public void Null_is_refused_where_it_is_sent() => Assert.Throws<InvalidMessageException>(() => NewProbe().Ref.Tell(null!));
}
