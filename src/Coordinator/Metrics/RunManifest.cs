using System.Text.Encodings.Web;
using System.Text.Json;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Storage;
using Distributed.Protocol;

namespace Distributed.Coordinator.Metrics;

/// <summary>What run.json says: all that is needed to train the same weights again.</summary>
/// <param name="Recipe">Resolved: every field has its final value, the seed included.</param>
/// <param name="Data">Where the samples were read from: a folder or file that may have moved since.</param>
/// <param name="DataDigest">The training data's digest.</param>
/// <param name="ProgramVersion">The program that began the run.</param>
/// <param name="CommandLine">Its arguments, as given.</param>
public sealed record RunManifest(Recipe Recipe, DataOptions Data, Digest DataDigest, string ProgramVersion, IReadOnlyList<string> CommandLine)
{
    /// <summary>The digest of the initial weights, where they came from a file and not from the recipe.</summary>
    public Digest? InitialWeights { get; init; }

    /// <summary>The file's name in a run's folder.</summary>
    public const string FileName = "run.json";

    /// <summary>Replaces run.json.</summary>
    public void Write(IRunStore store)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            WriteTo(writer);
        }

        AtomicFile.Write(store, FileName, [.. json.ToArray(), (byte)'\n']);
    }

    /// <summary>Reads run.json. InputException: it is missing, or not what this program writes.</summary>
    public static RunManifest Read(IRunStore store)
    {
        string where = store.Locate(FileName);
        if (!store.Exists(FileName))
        {
            throw new InputException($"'{where}' does not exist: '{store.Locate("")}' is not a run's folder.");
        }

        using Stream stream = store.OpenRead(FileName);
        try
        {
            using JsonDocument document = JsonDocument.Parse(stream);
            return Read(document.RootElement, where);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InputException($"'{where}' cannot be read: {exception.Message}", exception);
        }
    }

    private void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("recipe");
        RecipeJson.ToElement(Recipe).WriteTo(writer);
        writer.WriteNumber("seed", Recipe.Seed);
        writer.WriteString("data", Data.Data);
        if (Data.TestData is not null)
        {
            writer.WriteString("test_data", Data.TestData);
        }

        if (Data.LabelColumn is not null)
        {
            writer.WriteString("label_column", Data.LabelColumn);
        }

        writer.WriteString("data_digest", DataDigest.Hex);
        if (InitialWeights is { } initialWeights)
        {
            writer.WriteString("initial_weights_digest", initialWeights.Hex);
        }

        writer.WriteString("program_version", ProgramVersion);
        writer.WriteStartArray("command_line");
        foreach (string argument in CommandLine)
        {
            writer.WriteStringValue(argument);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static RunManifest Read(JsonElement root, string where) => new(
        RecipeJson.Read(root.GetProperty("recipe").GetRawText(), where),
        ReadData(root),
        new Digest(root.GetProperty("data_digest").GetString() ?? throw new JsonException("data_digest is null")),
        root.GetProperty("program_version").GetString() ?? throw new JsonException("program_version is null"),
        [.. root.GetProperty("command_line").EnumerateArray().Select(argument => argument.GetString() ?? "")])
    {
        InitialWeights = root.TryGetProperty("initial_weights_digest", out JsonElement digest)
            ? new Digest(digest.GetString() ?? throw new JsonException("initial_weights_digest is null"))
            : null,
    };

    private static DataOptions ReadData(JsonElement root) => new(
        root.GetProperty("data").GetString() ?? throw new JsonException("data is null"),
        root.TryGetProperty("test_data", out JsonElement test) ? test.GetString() : null,
        root.TryGetProperty("label_column", out JsonElement column) ? column.GetString() : null);
}
