namespace Akka.Actor;

/// <summary>A message and who sent it.</summary>
public readonly struct Envelope(object message, IActorRef? sender)
{
    public object Message => message;

    public IActorRef Sender => sender!;

    /// <exception cref="InvalidMessageException">The message is null.</exception>
    internal static Envelope Checked(object message, IActorRef? sender) =>
        message is null ? throw new InvalidMessageException("Message is null") : new Envelope(message, sender);
}
