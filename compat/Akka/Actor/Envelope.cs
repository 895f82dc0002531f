namespace Akka.Actor;

/// <summary>A message and who sent it.</summary>
public readonly struct Envelope
{
    public Envelope(object message, IActorRef? sender)
    {
        Message = message;
        Sender = sender!;
    }

    public object Message { get; }

    public IActorRef Sender { get; }

    /// <exception cref="InvalidMessageException">The message is null.</exception>
    internal static Envelope Checked(object message, IActorRef? sender)
    {
        if (message is null) throw new InvalidMessageException("Message is null");
        return new Envelope(message, sender);
    }
}
