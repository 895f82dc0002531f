namespace Akka.Actor;

/// <summary>Makes the receiver fail with an <see cref="ActorKilledException"/>; its supervisor decides (by default: stop).</summary>
public sealed class Kill : IAutoReceivedMessage
{
    private Kill()
    {
    }

    public static Kill Instance { get; } = new();

    public override string ToString() => "<Kill>";
}
