namespace Akka.Actor;

/// <summary>The handlers of one behaviour of a <see cref="ReceiveActor"/>, asked in the order in which they were added.</summary>
internal sealed class HandlerList
{
    private readonly List<Receive> handlers = [];
    private bool takesAll;

    public void Add<T>(Action<T> handler, Predicate<T>? shouldHandle)
    {
        Add(typeof(T) == typeof(object) && shouldHandle is null, message =>
        {
            if (message is not T typed || shouldHandle?.Invoke(typed) == false) return false;
            handler(typed);
            return true;
        });
    }

    public void Add<T>(Func<T, bool> handler) => Add(false, message => message is T typed && handler(typed));

    public void Add(Type type, Action<object> handler, Predicate<object>? shouldHandle)
    {
        Add(type == typeof(object) && shouldHandle is null, message =>
        {
            if (!type.IsInstanceOfType(message) || shouldHandle?.Invoke(message) == false) return false;
            handler(message);
            return true;
        });
    }

    public void AddAny(Action<object> handler) => Add(typeof(object), handler, null);

    public Receive ToReceive()
    {
        var asked = handlers.ToArray();
        return message =>
        {
            foreach (var handler in asked)
            {
                if (handler(message)) return true;
            }

            return false;
        };
    }

    private void Add(bool isLast, Receive handler)
    {
        if (takesAll) throw new InvalidOperationException("A handler that takes all messages was added; no handler can follow it.");
        takesAll = isLast;
        handlers.Add(handler);
    }
}
