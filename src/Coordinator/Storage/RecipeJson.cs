using System.Text.Json;
using System.Text.Json.Serialization;
using Distributed.Protocol;

namespace Distributed.Coordinator.Storage;

/// <summary>
/// The JSON form of a recipe: every field, in snake_case, enumerations by name. What is read is exactly what was written, to the bit.
/// </summary>
public static class RecipeJson
{
    private static readonly JsonSerializerOptions OneLine = Options(indented: false);
    private static readonly JsonSerializerOptions Indented = Options(indented: true);

    /// <summary>The recipe on one line.</summary>
    public static string Write(Recipe recipe) => JsonSerializer.Serialize(recipe, OneLine);

    /// <summary>The recipe as an element of another document.</summary>
    public static JsonElement ToElement(Recipe recipe) => JsonSerializer.SerializeToElement(recipe, Indented);

    /// <summary>
    /// The recipe in <paramref name="json"/>. A field that this program does not know could change the result, so it throws <see
    /// cref="InputException"/>.
    /// </summary>
    /// <param name="where">The file it stands in, for messages.</param>
    public static Recipe Read(string json, string where)
    {
        try
        {
            return JsonSerializer.Deserialize<Recipe>(json, OneLine) ?? throw new JsonException("it is null");
        }
        catch (JsonException exception)
        {
            throw new InputException($"The recipe in '{where}' cannot be read: {exception.Message}", exception);
        }
    }

    private static JsonSerializerOptions Options(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        IgnoreReadOnlyProperties = true,
        WriteIndented = indented,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
