using Distributed.Protocol;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Distributed.Coordinator.Recipes;

/// <summary>
/// Reads the flat subset of YAML that a recipe file is: one mapping of keys to scalars or lists of scalars. Anchors, tags, nesting, a
/// second document and repeated keys are refused, so nothing in a file can be read in two ways.
/// </summary>
public static class RecipeFileEntries
{
    /// <summary>Characters in a recipe file.</summary>
    public const int FileCharactersMax = 65_536;

    /// <param name="text">The file's content.</param>
    /// <param name="file">Its name for messages.</param>
    /// <exception cref="InputException">It is not such a mapping.</exception>
    public static IReadOnlyList<RecipeFileEntry> Read(string text, string file)
    {
        if (text.Length > FileCharactersMax)
        {
            throw new InputException($"{file} is too long for a recipe file, which has at most {FileCharactersMax} characters");
        }

        try
        {
            return ReadDocument(new Parser(new StringReader(text)), file);
        }
        catch (YamlException e)
        {
            throw NotYaml($"{file}, line {e.Start.Line}", (e.InnerException ?? e).Message.TrimEnd('.'), e);
        }
        catch (InvalidOperationException e)
        {
            // The scanner's own answer to some malformed plain words.
            throw NotYaml(file, "a word has a character where none may be", e);
        }
    }

    private static InputException NotYaml(string where, string reason, Exception e) =>
        new($"{where}: this is not YAML ({reason}); write one \"key: value\" per line", e);

    private static List<RecipeFileEntry> ReadDocument(Parser parser, string file)
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            throw new InputException(
                $"{file} is empty; a recipe file has one \"key: value\" per line, see coordinator recipes show scratch-mlp"
            );
        }

        if (!parser.TryConsume<MappingStart>(out _))
        {
            throw Refused(file, parser.Current!, "a recipe file has one \"key: value\" per line");
        }

        var entries = new List<RecipeFileEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            RecipeFileEntry entry = ReadEntry(parser, file);
            RecipeFileEntry earlier = entries.Find(other => other.Key == entry.Key);
            entries.Add(
                earlier.Key is null
                    ? entry
                    : throw new InputException($"{file}, line {entry.Line}: {entry.Key} is already set in line {earlier.Line}")
            );
        }

        parser.Consume<DocumentEnd>();
        return parser.TryConsume<StreamEnd>(out _) ? entries : throw Refused(file, parser.Current!, "a recipe file holds one document");
    }

    private static RecipeFileEntry ReadEntry(Parser parser, string file)
    {
        Scalar key = ReadScalar(parser, file, "a key is a plain word");
        if (!parser.TryConsume<SequenceStart>(out _))
        {
            return new RecipeFileEntry(
                key.Value,
                ReadScalar(parser, file, $"{key.Value} takes one value or a list, as [128, 64]").Value,
                (int)key.Start.Line
            );
        }

        var items = new List<string>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadScalar(parser, file, $"{key.Value} takes a flat list, as [128, 64]").Value);
        }

        return new RecipeFileEntry(key.Value, items.Count == 0 ? "none" : string.Join(',', items), (int)key.Start.Line);
    }

    private static Scalar ReadScalar(Parser parser, string file, string otherwise)
    {
        if (parser.Current is not Scalar scalar)
        {
            throw Refused(file, parser.Current!, otherwise);
        }

        parser.MoveNext();
        return scalar.Anchor.IsEmpty && scalar.Tag.IsEmpty
            ? scalar
            : throw Refused(file, scalar, "anchors (&) and tags (!) are not used in recipe files");
    }

    private static InputException Refused(string file, ParsingEvent at, string sentence) =>
        new($"{file}, line {at.Start.Line}: {sentence}");
}
