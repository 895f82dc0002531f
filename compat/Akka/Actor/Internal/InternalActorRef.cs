using System.Runtime.CompilerServices;

namespace Akka.Actor.Internal;

/// <summary>
/// The base of every reference. There is exactly one object per incarnation of an actor,
/// so reference equality is the real library's equality by path and uid.
/// </summary>
public abstract class InternalActorRef : IActorRef
{
    private protected InternalActorRef(ActorPath path, ActorSystem system)
    {
        Path = path;
        System = system;
    }

    public ActorPath Path { get; }

    internal ActorSystem System { get; }

    public abstract void Tell(object message, IActorRef? sender);

    /// <summary>Lifecycle and supervision messages overtake all user messages. References without an actor ignore them.</summary>
    internal virtual void SendSystemMessage(SystemMessage message)
    {
    }

    internal void Stop() => SendSystemMessage(new Terminate());

    public bool Equals(IActorRef? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    public int CompareTo(IActorRef? other)
    {
        if (other is null) return 1;
        var byPath = Path.CompareTo(other.Path);
        return byPath != 0 ? byPath : Path.Uid.CompareTo(other.Path.Uid);
    }

    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        IActorRef other => CompareTo(other),
        _ => throw new ArgumentException($"A {obj.GetType()} cannot be compared with an actor reference.", nameof(obj)),
    };

    public override string ToString() => $"[{Path.ToStringWithUid()}]";
}
