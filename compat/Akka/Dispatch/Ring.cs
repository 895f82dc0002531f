namespace Akka.Dispatch;

/// <summary>A queue in one array that grows when full and never shrinks. Slots are cleared when they are left.</summary>
internal struct Ring<T>
{
    private T[] slots = new T[8];
    private int head;

    public Ring()
    {
    }

    public int Count { get; private set; }

    public void AddLast(in T item)
    {
        if (Count == slots.Length) Grow();
        slots[(head + Count) & (slots.Length - 1)] = item;
        Count++;
    }

    public void AddFirst(in T item)
    {
        if (Count == slots.Length) Grow();
        head = (head - 1) & (slots.Length - 1);
        slots[head] = item;
        Count++;
    }

    public T RemoveFirst()
    {
        var item = slots[head];
        slots[head] = default!;
        head = (head + 1) & (slots.Length - 1);
        Count--;
        return item;
    }

    private void Grow()
    {
        var larger = new T[slots.Length * 2];
        for (var i = 0; i < Count; i++) larger[i] = slots[(head + i) & (slots.Length - 1)];
        slots = larger;
        head = 0;
    }
}
