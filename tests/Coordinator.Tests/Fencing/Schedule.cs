using Distributed.Coordinator.Tests.Storage;

namespace Distributed.Coordinator.Tests.Fencing;

/// <summary>
/// Runs two coordinators' work on one store, one store operation at a time, in a given order. Each works on a thread of its own, and only the one whose turn
/// it is moves. When one has no more work, the other goes on alone.
/// </summary>
internal sealed class Schedule
{
    private readonly Func<int, int> _next;
    private readonly SemaphoreSlim[] _turns = [new(0), new(0)];
    private readonly bool[] _isDone = new bool[2];
    private readonly Exception?[] _failures = new Exception?[2];
    private readonly ThreadLocal<int> _self = new(() => -1);
    private readonly SemaphoreSlim _over = new(0);
    private int _operations;

    /// <param name="store">Where the operations happen.</param>
    /// <param name="next">Who does the operation with this number, counted from 0: 0 or 1.</param>
    private Schedule(MemoryRunStore store, Func<int, int> next)
    {
        _next = next;
        store.OnOperation = _ => Yield();
    }

    /// <summary>Called by the coordinator that moves, before each of its operations and when it moves on.</summary>
    internal Action<int> OnTurn { get; private init; } = _ => { };

    /// <summary>Runs both to their ends; what either throws is returned.</summary>
    internal static (Exception? First, Exception? Second, int Operations) Run(
        MemoryRunStore store, Func<int, int> next, Action first, Action second, Action<int>? onTurn = null)
    {
        var schedule = new Schedule(store, next) { OnTurn = onTurn ?? (_ => { }) };
        var threads = new[] { schedule.Start(0, first), schedule.Start(1, second) };
        schedule.Pass();
        schedule._over.Wait();
        Array.ForEach(threads, thread => thread.Join());
        store.OnOperation = _ => { };
        return (schedule._failures[0], schedule._failures[1], schedule._operations);
    }

    private Thread Start(int who, Action work)
    {
        var thread = new Thread(() =>
        {
            _self.Value = who;
            _turns[who].Wait();
            try
            {
                work();
            }
            catch (Exception error)
            {
                _failures[who] = error;
            }

            OnTurn(who);
            _isDone[who] = true;
            Pass();
        });
        thread.Start();
        return thread;
    }

    private void Yield()
    {
        int who = _self.Value;
        if (who < 0)
        {
            return;
        }

        OnTurn(who);
        Pass();
        _turns[who].Wait();
    }

    private void Pass()
    {
        if (_isDone[0] && _isDone[1])
        {
            _over.Release();
            return;
        }

        int who = _next(_operations++);
        _turns[_isDone[who] ? 1 - who : who].Release();
    }
}
