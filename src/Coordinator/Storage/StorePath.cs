namespace Distributed.Coordinator.Storage;

/// <summary>Paths within a run's folder, with forward slashes.</summary>
internal static class StorePath
{
    /// <summary>The folder that holds <paramref name="path"/>; "" is the run's folder itself.</summary>
    internal static string FolderOf(string path)
    {
        int slash = path.LastIndexOf('/');
        return slash < 0 ? "" : path[..slash];
    }
}
