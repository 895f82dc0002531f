using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Distributed.Coordinator.Storage;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tuning;

/// <summary>
/// The results of a tuning, one JSON object per line, each safe from a power cut before it counts. A line that a crash tore is cut off: its trial has
/// its own files, and comes to the same result again.
/// </summary>
/// <param name="store">The tuning's folder.</param>
public sealed class TuningLedger(IRunStore store)
{
    /// <summary>The file's name in a tuning's folder.</summary>
    public const string FileName = "ledger.jsonl";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Tells <paramref name="progress"/> every result on record, and cuts off a torn line.</summary>
    /// <exception cref="InputException">A line is none of this tuning's.</exception>
    public void Replay(TuningProgress progress)
    {
        if (!store.Exists(FileName))
        {
            return;
        }

        byte[] bytes = ReadAll();
        int start = 0;
        for (int number = 1; bytes.AsSpan(start).IndexOf((byte)'\n') is >= 0 and int length; number++)
        {
            TrialResult? result = Parse(bytes.AsSpan(start, length));
            if (result is null || !progress.Expects(result))
            {
                throw new InputException(
                    $"line {number} of '{store.Locate(FileName)}' is no result of this tuning; restore the file, or begin again in a new folder");
            }

            progress.Record(result);
            start += length + 1;
        }

        if (start < bytes.Length)
        {
            using IStoreFile file = store.OpenAppend(FileName);
            file.Truncate(start);
            file.Sync();
        }
    }

    /// <summary>Adds a result. Throws what a disk throws.</summary>
    public void Append(TrialResult result)
    {
        using (IStoreFile file = store.OpenAppend(FileName))
        {
            file.Write([.. JsonSerializer.SerializeToUtf8Bytes(result, Options), (byte)'\n']);
            file.Sync();
        }

        store.SyncFolder("");
    }

    private byte[] ReadAll()
    {
        using Stream stream = store.OpenRead(FileName);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static TrialResult? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            TrialResult? result = JsonSerializer.Deserialize<TrialResult>(line, Options);
            return result is { Epochs: >= 0 } ? result : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
