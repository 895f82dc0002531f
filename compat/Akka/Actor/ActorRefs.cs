using Akka.Actor.Internal;

namespace Akka.Actor;

public static class ActorRefs
{
    public static readonly Nobody Nobody = Nobody.Instance;

    /// <summary>No sender; the receiver then sees the dead letters as its Sender.</summary>
    public static readonly IActorRef NoSender = null!;

    /// <summary>True for null and for <see cref="Nobody"/>.</summary>
    public static bool IsNobody(this IActorRef? actor) => actor is null or Actor.Nobody;
}

/// <summary>The reference to no actor: swallows whatever it is told.</summary>
public sealed class Nobody : InternalActorRef
{
    public static readonly Nobody Instance = new();

    private Nobody()
        : base(ActorPath.OfRoot("all-systems") / "Nobody", null!)
    {
    }

    public override void Tell(object message, IActorRef? sender)
    {
    }
}
