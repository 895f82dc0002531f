using Akka.Actor;

namespace Akka.Event;

/// <summary>Sends what is published to the actors that subscribed to its type, a base type or an interface of it.</summary>
public class EventStream
{
    private readonly Lock gate = new();
    private volatile (IActorRef Subscriber, Type Channel)[] subscriptions = [];

    /// <returns>False if this subscription exists.</returns>
    public bool Subscribe(IActorRef subscriber, Type channel)
    {
        lock (gate)
        {
            if (subscriptions.Contains((subscriber, channel))) return false;
            subscriptions = [.. subscriptions, (subscriber, channel)];
            return true;
        }
    }

    /// <returns>False if there was no such subscription.</returns>
    public bool Unsubscribe(IActorRef subscriber, Type channel) =>
        RemoveAll(one => one.Subscriber.Equals(subscriber) && one.Channel == channel);

    public bool Unsubscribe(IActorRef subscriber) => RemoveAll(one => one.Subscriber.Equals(subscriber));

    /// <summary>An actor that subscribed to several fitting types gets the event once.</summary>
    public void Publish(object @event)
    {
        var all = subscriptions;
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i].Channel.IsInstanceOfType(@event) && IsFirst(all, i, @event)) all[i].Subscriber.Tell(@event, ActorRefs.NoSender);
        }
    }

    private static bool IsFirst((IActorRef Subscriber, Type Channel)[] all, int index, object @event)
    {
        for (var i = 0; i < index; i++)
        {
            if (all[i].Subscriber.Equals(all[index].Subscriber) && all[i].Channel.IsInstanceOfType(@event)) return false;
        }

        return true;
    }

    private bool RemoveAll(Func<(IActorRef Subscriber, Type Channel), bool> which)
    {
        lock (gate)
        {
            var before = subscriptions.Length;
            subscriptions = [.. subscriptions.Where(one => !which(one))];
            return subscriptions.Length < before;
        }
    }
}

public static class EventStreamExtensions
{
    public static bool Subscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) =>
        eventStream.Subscribe(subscriber, typeof(TChannel));

    public static bool Unsubscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) =>
        eventStream.Unsubscribe(subscriber, typeof(TChannel));
}
