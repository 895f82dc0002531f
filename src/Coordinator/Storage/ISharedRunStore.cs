namespace Distributed.Coordinator.Storage;

/// <summary>
/// What a run's folder must offer so that two coordinators that share it, on one machine or by a network's file system, can never both
/// write it. Every operation is one indivisible step of the file system.
/// </summary>
public interface ISharedRunStore : IRunStore
{
    /// <summary>Names of the folders directly in <paramref name="folder"/>, in ordinal order; none when it does not exist.</summary>
    IReadOnlyList<string> ListFolders(string folder);

    /// <summary>Makes the folder, and those that lead to it, unless they are there.</summary>
    void MakeFolder(string folder);

    /// <summary>Removes the folder. False while something is in it; true also when it was not there.</summary>
    bool TryDeleteFolder(string folder);

    /// <summary>Creates a file that must not exist; null when it does. Makes missing folders.</summary>
    IStoreFile? TryCreateNew(string path);

    /// <summary>As <see cref="IRunStore.Create"/>, but a folder that does not exist is a DirectoryNotFoundException: it is never made.</summary>
    IStoreFile CreateInside(string path);
}
