using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Recipes;
using Distributed.Coordinator.Storage;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tuning;

/// <summary>What tuning.json says: all that is needed to go on with a tuning, or to do it again.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="RecipeReference">The recipe as it was named: one that comes along, or a file's full path.</param>
/// <param name="Data">Where the samples were read from.</param>
/// <param name="DataDigest">The training data's digest.</param>
/// <param name="ProgramVersion">The program that began the tuning.</param>
public sealed record TuningManifest(TuningRequest Request, string RecipeReference, DataOptions Data, Digest DataDigest, string ProgramVersion)
{
    /// <summary>The file's name in a tuning's folder.</summary>
    public const string FileName = "tuning.json";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Replaces tuning.json.</summary>
    public void Write(IRunStore store)
    {
        var document = new Document
        {
            Recipe = RecipeJson.ToElement(Request.Recipe),
            RecipeReference = RecipeReference,
            Grid = [.. Request.Grid],
            Random = Request.Random,
            Halving = Request.HalvingFactor,
            Metric = Request.Metric.Name(),
            Data = Data.Data,
            TestData = Data.TestData,
            LabelColumn = Data.LabelColumn,
            DataDigest = DataDigest.Hex,
            ProgramVersion = ProgramVersion,
        };
        AtomicFile.Write(store, FileName, [.. JsonSerializer.SerializeToUtf8Bytes(document, Options), (byte)'\n']);
    }

    /// <summary>Reads tuning.json.</summary>
    /// <exception cref="InputException">It is missing, or not what this program writes.</exception>
    public static TuningManifest Read(IRunStore store)
    {
        string where = store.Locate(FileName);
        try
        {
            using Stream stream = store.OpenRead(FileName);
            return Of(JsonSerializer.Deserialize<Document>(stream, Options) ?? throw new JsonException("it is null"), where);
        }
        catch (Exception exception) when (exception is JsonException || StoreFault.Is(exception))
        {
            throw new InputException($"'{where}' cannot be read: {exception.Message}", exception);
        }
    }

    private static TuningManifest Of(Document document, string where)
    {
        if (document.Random < 1 || document.Halving < 2)
        {
            throw new InputException($"'{where}' cannot be read: random must be at least 1 and halving at least 2");
        }

        var request = new TuningRequest(
            RecipeJson.Read(document.Recipe.GetRawText(), where),
            document.Grid,
            document.Random,
            document.Halving,
            new SettingText($"'{where}': metric", document.Metric).Metric());
        return new TuningManifest(
            request,
            document.RecipeReference,
            new DataOptions(document.Data, document.TestData, document.LabelColumn),
            new Digest(document.DataDigest),
            document.ProgramVersion);
    }

    private sealed record Document
    {
        public required JsonElement Recipe { get; init; }

        public required string RecipeReference { get; init; }

        public required string[] Grid { get; init; }

        public int? Random { get; init; }

        public int? Halving { get; init; }

        public required string Metric { get; init; }

        public required string Data { get; init; }

        public string? TestData { get; init; }

        public string? LabelColumn { get; init; }

        public required string DataDigest { get; init; }

        public required string ProgramVersion { get; init; }
    }
}
