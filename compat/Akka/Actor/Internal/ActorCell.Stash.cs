namespace Akka.Actor.Internal;

internal sealed partial class ActorCell
{
    public Envelope CurrentEnvelope => new(currentMessage!, sender);

    private static void UnstashAll(ActorBase actor)
    {
        if (actor is IActorStash stashing) stashing.Stash?.UnstashAll();
    }
}

/// <summary>See <see cref="IStash"/>.</summary>
internal sealed class MessageStash(ActorCell cell) : IStash
{
    private readonly Queue<Envelope> messages = new();
    private object? last;

    public int Count => messages.Count;

    public bool IsEmpty => Count == 0;

    public bool NonEmpty => Count > 0;

    public void Stash()
    {
        var envelope = cell.CurrentEnvelope;
        if (NonEmpty && ReferenceEquals(last, envelope.Message))
            throw new IllegalActorStateException($"Can't stash the same message {envelope.Message} more than once");
        messages.Enqueue(envelope);
        last = envelope.Message;
    }

    public void Unstash()
    {
        if (messages.TryDequeue(out var envelope)) cell.Mailbox.Prepend([envelope]);
    }

    public void UnstashAll()
    {
        cell.Mailbox.Prepend([.. messages]);
        messages.Clear();
    }
}
