using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;
using Distributed.Protocol;

namespace Distributed.Coordinator.Inspection;

/// <summary>A run's folder: what run.json says, its model and its checkpoints.</summary>
/// <param name="Path">As it was named.</param>
/// <param name="Manifest">run.json; null where it is missing or damaged.</param>
/// <param name="ManifestFault">Why, as a sentence; null where it is whole.</param>
/// <param name="Files">The model, if there is one, then the checkpoints, the newest first.</param>
public sealed record RunInspection(string Path, RunManifest? Manifest, string? ManifestFault, IReadOnlyList<FileInspection> Files)
{
    /// <summary>Every check that failed, as a sentence.</summary>
    public IEnumerable<string> Faults => Files.Select(file => file.Fault).Prepend(ManifestFault).OfType<string>();

    /// <summary>The model, or the newest checkpoint that is whole; null where there is neither.</summary>
    public FileInspection? Newest => Files.FirstOrDefault(file => file.Fault is null);

    /// <summary>Looks into the folder at <paramref name="path"/>.</summary>
    /// <exception cref="InputException">It is not a run's folder.</exception>
    public static RunInspection Read(string path)
    {
        var store = new FolderRunStore(path);
        string[] files = [.. store.Exists(ModelFile.Name) ? [ModelFile.Name] : Array.Empty<string>(), .. new CheckpointCatalog(store).Paths];
        if (files.Length == 0 && !store.Exists(RunManifest.FileName))
        {
            throw new InputException(
                $"{path} is not a run's folder: it has no {RunManifest.FileName}, no {ModelFile.Name} and no {CheckpointName.Folder}{RunsHint.For(path)}");
        }

        RunManifest? manifest = ReadManifest(store, out string? fault);
        return new RunInspection(path, manifest, fault, [.. files.Select(file => FileInspection.Read(store.Locate(file)))]);
    }

    private static RunManifest? ReadManifest(FolderRunStore store, out string? fault)
    {
        fault = null;
        try
        {
            return RunManifest.Read(store);
        }
        catch (InputException damaged)
        {
            fault = damaged.Message;
            return null;
        }
    }
}
