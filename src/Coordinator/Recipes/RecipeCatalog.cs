using Distributed.Protocol;

namespace Distributed.Coordinator.Recipes;

/// <summary>The recipes that come with the program, and recipe files of one's own.</summary>
public static class RecipeCatalog
{
    private const string ResourcePrefix = "recipes/";
    private const string Extension = ".yaml";

    /// <summary>What a run trains when nothing is said.</summary>
    public const string DefaultName = "scratch-mlp";

    /// <summary>Names of the built-in recipes, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = [DefaultName, "softmax-regression", "kaggle-two-layer", "dropout-mlp", "adam-mlp"];

    /// <summary>The default recipe.</summary>
    public static Recipe Default => BuiltIn(DefaultName);

    /// <summary>The file of a built-in recipe, comments included.</summary>
    public static string Text(string name)
    {
        using Stream stream = typeof(RecipeCatalog).Assembly.GetManifestResourceStream(ResourcePrefix + name + Extension)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>A recipe of <see cref="Names"/>.</summary>
    public static Recipe BuiltIn(string name) => RecipeFile.Parse(Text(name), name + Extension, name);

    /// <summary>The built-in recipe of that name, or else the recipe file at that path.</summary>
    /// <exception cref="InputException">There is neither, or the file is not a recipe.</exception>
    public static Recipe Load(string nameOrFile) =>
        Names.Contains(nameOrFile) ? BuiltIn(nameOrFile) : RecipeFile.Parse(ReadFile(nameOrFile), nameOrFile, NameOf(nameOrFile));

    /// <summary>The sentence for a name that is not in <see cref="Names"/>.</summary>
    public static InputException Unknown(string name, string orElse = "")
    {
        string hint = Nearest.Hint(name, Names);
        return new InputException($"unknown recipe {SettingText.Shown(name)}"
            + (hint.Length > 0 ? hint : $"; the recipes are {string.Join(", ", Names)}{orElse}"));
    }

    private static string ReadFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"--recipe {path} is a folder; give a recipe's name or a recipe file, see coordinator recipes");
        }

        try
        {
            return File.Exists(path) ? ReadBeginning(path) : throw Missing(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"recipe file {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>One character more than a recipe file may have is enough to refuse it, however long it is.</summary>
    private static string ReadBeginning(string path)
    {
        char[] text = new char[RecipeFileEntries.FileCharactersMax + 1];
        using var reader = new StreamReader(path);
        return new string(text, 0, reader.ReadBlock(text));
    }

    private static InputException Missing(string nameOrFile)
    {
        bool looksLikeFile = nameOrFile.AsSpan().IndexOfAny('/', '\\') >= 0 || Path.HasExtension(nameOrFile);
        return looksLikeFile && Nearest.To(nameOrFile, Names) is null
            ? new InputException($"recipe file {nameOrFile} does not exist")
            : Unknown(nameOrFile, ", or give a recipe file");
    }

    /// <summary>A file's own name as far as it can be part of a run's folder name.</summary>
    private static string NameOf(string path)
    {
        string name = string.Concat(
                Path.GetFileNameWithoutExtension(path).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')
            )
            .TrimStart('-', '.', '_');
        return name.Length == 0 ? "recipe" : name[..Math.Min(name.Length, 64)];
    }
}
