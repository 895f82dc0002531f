using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>An actor whose constructor lists its handlers; the first that takes a message's type and predicate handles it.</summary>
public abstract class ReceiveActor : UntypedActor
{
    private readonly Stack<HandlerList> open = new();
    private Receive handlers = _ => false;

    protected ReceiveActor() => open.Push(new HandlerList());

    /// <summary>Takes the handlers that the constructor listed.</summary>
    internal void Initialize() => handlers = open.Pop().ToReceive();

    protected sealed override void OnReceive(object message) => Handle(handlers, message);

    protected void Become(Action configure)
    {
        var next = Configure(configure);
        Context.Become(m => Handle(next, m));
    }

    protected void BecomeStacked(Action configure)
    {
        var next = Configure(configure);
        Context.BecomeStacked(m => Handle(next, m));
    }

    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => Open().Add(handler, shouldHandle);

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    /// <summary>The handler returns whether it has handled the message; if not, the next one is asked.</summary>
    protected void Receive<T>(Func<T, bool> handler) => Open().Add(handler);

    protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        Open().Add(messageType, handler, shouldHandle);

    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Receive(messageType, handler, shouldHandle);

    /// <summary>Takes every message; no handler may follow.</summary>
    protected void ReceiveAny(Action<object> handler) => Open().AddAny(handler);

    /// <summary>The mailbox is suspended until the task ends; Sender, Self and Context stay valid after an await.</summary>
    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) => Receive(Suspending(handler), shouldHandle);

    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => ReceiveAsync(handler, shouldHandle);

    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        Receive(messageType, Suspending(handler), shouldHandle);

    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        ReceiveAsync(messageType, handler, shouldHandle);

    protected void ReceiveAnyAsync(Func<object, Task> handler) => ReceiveAny(Suspending(handler));

    private static Action<T> Suspending<T>(Func<T, Task> handler) => message => ActorTaskScheduler.RunTask(() => handler(message));

    private bool Handle(Receive receive, object message)
    {
        if (!receive(message)) Unhandled(message);
        return true;
    }

    private Receive Configure(Action configure)
    {
        open.Push(new HandlerList());
        configure();
        return open.Pop().ToReceive();
    }

    private HandlerList Open() => open.TryPeek(out var list)
        ? list
        : throw new InvalidOperationException("You may only call Receive-methods when constructing the actor and inside Become().");
}
