using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Worker;

/// <summary>
/// Datasets by digest: the last one in memory, earlier ones in a folder where one is given. What a file holds is verified; one that was
/// damaged is fetched again.
/// </summary>
/// <param name="folder">Null for memory alone.</param>
/// <param name="log">Tells people.</param>
internal sealed class DatasetCache(string? folder, Action<string> log)
{
    private (Digest Digest, Dataset Dataset)? _last;

    /// <summary>
    /// The dataset with <paramref name="digest"/>; <paramref name="fetch"/> opens the coordinator's copy where none is here. Reads and waits.
    /// </summary>
    /// <exception cref="InputException">What the coordinator sends is not that dataset.</exception>
    internal Dataset Get(Digest digest, long bytes, Func<Stream> fetch)
    {
        if (_last is { } last && last.Digest == digest)
        {
            return last.Dataset;
        }

        Dataset dataset = ReadFile(digest) ?? Fetch(digest, bytes, fetch);
        _last = (digest, dataset);
        return dataset;
    }

    private Dataset Fetch(Digest digest, long bytes, Func<Stream> fetch)
    {
        using Stream stream = fetch();
        Dataset dataset = Verified(DatasetCodec.Read(stream, bytes, "the coordinator's dataset"), digest, "the coordinator's dataset");
        WriteFile(digest, dataset);
        return dataset;
    }

    private Dataset? ReadFile(Digest digest)
    {
        string? path = PathOf(digest);
        if (path is null || !File.Exists(path))
        {
            return null;
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            return Verified(DatasetCodec.Read(file, file.Length, path), digest, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InputException)
        {
            log($"the cached dataset is not used: {error.Message}");
            return null;
        }
    }

    private void WriteFile(Digest digest, Dataset dataset)
    {
        if (PathOf(digest) is not { } path)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(folder!);
            string temporary = Path.Combine(folder!, Path.GetRandomFileName());
            using (FileStream file = File.Create(temporary))
            {
                DatasetCodec.Write(dataset, file);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log($"the dataset is not kept for next time: {error.Message}");
        }
    }

    private string? PathOf(Digest digest) => folder is null ? null : Path.Combine(folder, $"{digest.Hex}.dataset");

    private static Dataset Verified(Dataset dataset, Digest digest, string name) => dataset.ComputeDigest() == digest
        ? dataset
        : throw new InputException($"{name} has another digest than the run's data, {digest}; remove it and start the worker again.");
}
