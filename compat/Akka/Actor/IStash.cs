namespace Akka.Actor;

/// <summary>
/// Messages put aside for later. They return to the front of the mailbox, in order, on UnstashAll, on a restart and on a stop.
/// </summary>
public interface IStash
{
    int Count { get; }

    bool IsEmpty { get; }

    bool NonEmpty { get; }

    /// <summary>Puts the message in hand aside.</summary>
    /// <exception cref="IllegalActorStateException">It was put aside already.</exception>
    void Stash();

    /// <summary>Returns the oldest one.</summary>
    void Unstash();

    void UnstashAll();
}

/// <summary>An actor with a stash; the property is set after its constructor has run.</summary>
public interface IActorStash
{
    IStash Stash { get; set; }
}

public interface IWithUnboundedStash : IActorStash;

public interface IWithStash : IActorStash;
