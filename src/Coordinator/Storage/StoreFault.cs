namespace Distributed.Coordinator.Storage;

/// <summary>Tells the faults of a disk, which training survives, from bugs, which it does not.</summary>
public static class StoreFault
{
    /// <summary>True for what a full, unwritable or broken disk throws.</summary>
    public static bool Is(Exception exception) => exception is IOException or UnauthorizedAccessException;
}
