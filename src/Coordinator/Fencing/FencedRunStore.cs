using Distributed.Coordinator.Storage;
using Distributed.Numerics;

namespace Distributed.Coordinator.Fencing;

/// <summary>
/// A run's folder as the holder of one token writes it. Files are written in the token's folder and renamed from there; files are removed by way of it;
/// what is appended to is a file that was made there and has been open since. So the three ways of changing the run end together, with that folder.
/// Each operation looks first whether the token is still the newest, only to stop early and to say why.
/// </summary>
public sealed class FencedRunStore : IRunStore, IDisposable
{
    private readonly ISharedRunStore _store;
    private readonly TokenFolder _tokens;
    private readonly FencingToken _token;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, AppendedFile> _appended = [];
    private readonly CancellationTokenSource _lost = new();
    private string? _supersededBy;

    /// <param name="store">The folder.</param>
    /// <param name="token">Taken by this coordinator.</param>
    public FencedRunStore(ISharedRunStore store, FencingToken token)
    {
        _store = store;
        _tokens = new TokenFolder(store);
        _token = token;
    }

    /// <summary>Under which this coordinator writes.</summary>
    public FencingToken Token => _token;

    /// <summary>Cancelled once another coordinator has taken over.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>The sentence for people once another coordinator has taken over; null while this one may write.</summary>
    public string? SupersededBy => Volatile.Read(ref _supersededBy);

    /// <inheritdoc/>
    public string Locate(string path) => _store.Locate(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder) => _store.List(folder);

    /// <inheritdoc/>
    public bool Exists(string path) => _store.Exists(path);

    /// <inheritdoc/>
    public Stream OpenRead(string path) => _store.OpenRead(path);

    /// <inheritdoc/>
    public string Temporary(string path) => $"{_token.Folder}/{path.Replace('/', '-')}{AtomicFile.TemporarySuffix}";

    /// <summary>Creates a temporary file. No other file is created but by giving a temporary one its name.</summary>
    public IStoreFile Create(string path)
    {
        Check.That(IsOwn(path));
        IStoreFile file = Fenced(() => _store.CreateInside(path));
        return new FencedFile(this, file, file.Dispose);
    }

    /// <summary>
    /// The first time, the file is replaced by a copy of it, so that what an earlier coordinator still has open is no longer the run's.
    /// </summary>
    public IStoreFile OpenAppend(string path)
    {
        Check.That(!IsOwn(path));
        lock (_lock)
        {
            if (!_appended.TryGetValue(path, out AppendedFile? opened))
            {
                opened = new AppendedFile(Fenced(() => CopyInPlace(path)));
                _appended.Add(path, opened);
            }

            opened.References++;
            return new FencedFile(this, opened.File, () => Release(path, opened));
        }
    }

    /// <inheritdoc/>
    public void Rename(string from, string to)
    {
        Check.That(IsOwn(from));
        Fenced(() =>
        {
            _store.MakeFolder(StorePath.FolderOf(to));
            _store.Rename(from, to);
            return true;
        });
    }

    /// <inheritdoc/>
    public void Delete(string path) => Fenced(() =>
    {
        string own = IsOwn(path) ? path : Temporary(path);
        if (own != path)
        {
            _store.Rename(path, own);
        }

        _store.Delete(own);
        return true;
    });

    /// <inheritdoc/>
    public void SyncFolder(string folder) => _store.SyncFolder(folder);

    /// <summary>Gives a sign of life, different from the last; nothing when there is nobody left to give it to.</summary>
    public void Beat(long count) => Fenced(() =>
    {
        _tokens.Beat(_token, count);
        return true;
    });

    /// <summary>An end in order. Nothing can be written any more.</summary>
    public void Leave()
    {
        if (SupersededBy is null)
        {
            _tokens.Leave(_token);
        }
    }

    /// <summary>Does <paramref name="operation"/>, unless it is seen before, or found out by its failure, that the run is another's.</summary>
    /// <exception cref="SupersededException">It is.</exception>
    private T Fenced<T>(Func<T> operation)
    {
        ThrowIfSuperseded(null);
        try
        {
            return operation();
        }
        catch (Exception error) when (StoreFault.Is(error))
        {
            ThrowIfSuperseded(error);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lost.Dispose();

    /// <exception cref="SupersededException">Another coordinator has taken over.</exception>
    internal void ThrowIfSuperseded() => ThrowIfSuperseded(null);

    private bool IsOwn(string path) => path.StartsWith(_token.Folder + "/", StringComparison.Ordinal);

    private IStoreFile CopyInPlace(string path)
    {
        string temporary = Temporary(path);
        IStoreFile copy = _store.CreateInside(temporary);
        try
        {
            if (_store.Exists(path))
            {
                Copy(path, copy);
            }

            copy.Sync();
            _store.MakeFolder(StorePath.FolderOf(path));
            _store.Rename(temporary, path);
            _store.SyncFolder(StorePath.FolderOf(path));
            return copy;
        }
        catch (Exception error) when (StoreFault.Is(error))
        {
            copy.Dispose();
            throw;
        }
    }

    private void Copy(string path, IStoreFile copy)
    {
        using Stream stream = _store.OpenRead(path);
        byte[] buffer = new byte[1 << 16];
        for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            copy.Write(buffer.AsSpan(0, read));
        }
    }

    private void Release(string path, AppendedFile opened)
    {
        lock (_lock)
        {
            opened.References--;
            Check.That(opened.References >= 0);
            if (opened.References == 0)
            {
                _appended.Remove(path);
                opened.File.Dispose();
            }
        }
    }

    private void ThrowIfSuperseded(Exception? cause)
    {
        if (SupersededBy is null && _tokens.Newest is { } newest && newest.Number > _token.Number)
        {
            string owner = _tokens.OwnerOf(newest)?.ToString() ?? "an unknown process";
            string sentence = $"Another coordinator has taken over {_store.Locate("")}: {owner} ({newest}; this one has {_token}). "
                + "This one writes no more and ends; the run goes on there.";
            if (Interlocked.CompareExchange(ref _supersededBy, sentence, null) is null)
            {
                _lost.Cancel();
            }
        }

        if (SupersededBy is { } told)
        {
            throw new SupersededException(told, cause);
        }
    }

    private sealed class AppendedFile(IStoreFile file)
    {
        public IStoreFile File => file;

        public int References { get; set; }
    }
}
