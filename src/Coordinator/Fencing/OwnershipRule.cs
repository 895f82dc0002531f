namespace Distributed.Coordinator.Fencing;

/// <summary>What can be seen of the coordinator that had the run before.</summary>
/// <param name="HasFolder">It did not end in order.</param>
/// <param name="IsOnThisMachine">Its process ids are ours.</param>
/// <param name="ProcessExists">Its process is there; only known of this machine.</param>
/// <param name="HasBeaten">Its sign of life has changed since the first look.</param>
/// <param name="Watched">Time since the first look.</param>
public readonly record struct OwnerSigns(bool HasFolder, bool IsOnThisMachine, bool ProcessExists, bool HasBeaten, TimeSpan Watched);

/// <summary>What to do about it.</summary>
public enum OwnershipDecision
{
    /// <summary>Take the next token.</summary>
    TakeOver,

    /// <summary>Look again.</summary>
    Watch,

    /// <summary>Leave the run to it.</summary>
    Refuse,
}

/// <summary>
/// Whether a run may be taken over. A wrong answer costs a run that was going well its coordinator, never a byte: that is the fencing token's work.
/// </summary>
public static class OwnershipRule
{
    /// <summary>Time between two signs of life.</summary>
    public static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(1);

    /// <summary>After so long without one, a coordinator counts as gone.</summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(5);

    /// <summary>Decides, and says why.</summary>
    public static (OwnershipDecision Decision, string Reason) Decide(OwnerSigns signs) => signs switch
    {
        { HasFolder: false } => (OwnershipDecision.TakeOver, "it has ended"),
        { IsOnThisMachine: true, ProcessExists: false } => (OwnershipDecision.TakeOver, "its process does not exist any more"),
        { HasBeaten: true } => (OwnershipDecision.Refuse, "it is alive"),
        _ when signs.Watched < SilenceMax => (OwnershipDecision.Watch, $"it may be alive, and has {SilenceMax.TotalSeconds:F0} s to show it"),
        _ => (OwnershipDecision.TakeOver, $"it has given no sign of life for {signs.Watched.TotalSeconds:F0} s"),
    };
}
