using Distributed.Coordinator.Storage;
using Distributed.Protocol;

namespace Distributed.Coordinator.Fencing;

/// <summary>This coordinator's hold on a run's folder, with a sign of life every second until it is disposed of.</summary>
public sealed class RunOwnership : IAsyncDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _beating;

    private RunOwnership(FencedRunStore store, string? takenOver, TimeProvider time)
    {
        Store = store;
        TakenOver = takenOver;
        store.Beat(0);
        _beating = BeatAsync(time);
    }

    /// <summary>The folder, to be written through this alone.</summary>
    public FencedRunStore Store { get; }

    /// <summary>From whom and why, when the coordinator before had not ended in order; else null.</summary>
    public string? TakenOver { get; }

    /// <summary>
    /// Takes the run, once the coordinator that had it has ended, is gone, or was silent for long enough. Returns when that one can change nothing any more.
    /// </summary>
    /// <param name="store">The run's folder.</param>
    /// <param name="self">This process.</param>
    /// <param name="processExists">Whether a process of this machine is still there.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tell">Receives a sentence when this takes a while.</param>
    /// <param name="evenFromLiving">Take it at once, whoever has it: for a standby that knows better.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="InputException">The coordinator that has the run is alive.</exception>
    public static async Task<RunOwnership> TakeAsync(
        ISharedRunStore store,
        RunOwner self,
        Func<RunOwner, bool> processExists,
        TimeProvider time,
        Action<string> tell,
        bool evenFromLiving,
        CancellationToken stop)
    {
        var tokens = new TokenFolder(store);
        while (true)
        {
            FencingToken before = tokens.Newest;
            bool endedInOrder = !tokens.HasFolder(before);
            string owner = tokens.OwnerOf(before)?.ToString() ?? "an unknown process";
            string reason = "a standby was told to";
            if (!endedInOrder && !evenFromLiving)
            {
                reason = await WatchAsync(tokens, before, self, processExists, time, tell, store.Locate(""), stop).ConfigureAwait(false);
            }

            FencingToken mine = before.Next;
            if (tokens.TryTake(mine, self with { Since = time.GetUtcNow() }))
            {
                string? takenOver = endedInOrder ? null : $"this coordinator took over from {owner}: {reason}";
                return new RunOwnership(new FencedRunStore(store, mine), takenOver, time);
            }
        }
    }

    /// <summary>An end in order, unless another coordinator has taken over meanwhile.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _beating.ConfigureAwait(false);
        _stop.Dispose();
        try
        {
            Store.Leave();
        }
        catch (Exception error) when (StoreFault.Is(error))
        {
            // The next coordinator will find out by itself.
        }

        Store.Dispose();
    }

    /// <summary>Waits until the run may be taken over; returns why.</summary>
    private static async Task<string> WatchAsync(
        TokenFolder tokens,
        FencingToken token,
        RunOwner self,
        Func<RunOwner, bool> processExists,
        TimeProvider time,
        Action<string> tell,
        string where,
        CancellationToken stop)
    {
        RunOwner? owner = tokens.OwnerOf(token);
        string name = owner?.ToString() ?? "an unknown process";
        bool isOnThisMachine = owner is not null && owner.Machine == self.Machine;
        byte[]? firstBeat = tokens.BeatOf(token);
        long start = time.GetTimestamp();
        for (bool isTold = false; ; isTold = true)
        {
            byte[]? beat = tokens.BeatOf(token);
            bool hasBeaten = beat is not null && !beat.AsSpan().SequenceEqual(firstBeat);
            var signs = new OwnerSigns(
                tokens.HasFolder(token), isOnThisMachine, isOnThisMachine && processExists(owner!), hasBeaten, time.GetElapsedTime(start));
            (OwnershipDecision decision, string reason) = OwnershipRule.Decide(signs);
            switch (decision)
            {
                case OwnershipDecision.TakeOver:
                    return reason;
                case OwnershipDecision.Refuse:
                    throw new InputException(
                        $"{where} is being trained by {name}, and it is alive; wait until it ends or stop it (kill {owner?.Process}), or give another folder.");
            }

            if (!isTold)
            {
                tell($"{where} was last trained by {name}: {reason}");
            }

            await Task.Delay(LookInterval, time, stop).ConfigureAwait(false);
        }
    }

    private async Task BeatAsync(TimeProvider time)
    {
        using var timer = new PeriodicTimer(OwnershipRule.BeatInterval, time);
        for (long count = 1; Store.SupersededBy is null; count++)
        {
            try
            {
                await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false);
                Store.Beat(count);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception error) when (StoreFault.Is(error))
            {
                // A disk that fails is told by those whose bytes are lost. The end of the ownership tells itself.
            }
        }
    }
}
