using System.Text.Json;
using Distributed.Coordinator.Recipes;
using Distributed.Protocol;

namespace Distributed.Coordinator.Commands;

/// <summary>Lists the recipes that come with the program, or prints one to copy.</summary>
public static class RecipesCommand
{
    public static CommandDefinition Definition() =>
        new("recipes", "lists the recipes, or prints one to copy and change", RunAsync)
        {
            Arguments =
            [
                new CommandArgument("show", "prints a recipe's file", Required: false),
                new CommandArgument("NAME", "of the recipe to show", Required: false),
            ],
            Options = [CommonOptions.Json, CommonOptions.Help],
            Examples =
            [
                ("recipes", "names, each with one line"),
                ("recipes show adam-mlp > my-recipe.yaml", "a copy to change"),
                ("--recipe my-recipe.yaml", "trains it"),
            ],
        };

    private static Task<int> RunAsync(ParsedCommand command, CommandEnvironment environment) =>
        command.Arguments switch
        {
            [] => ListAsync(environment, command.Has(CommonOptions.Json)),
            ["show"] => throw new InputException($"recipes show needs a recipe's name: {string.Join(", ", RecipeCatalog.Names)}"),
            ["show", string name] when !command.Has(CommonOptions.Json) => ShowAsync(environment, name),
            ["show", ..] => throw new InputException("--json is for the list of recipes; a recipe's file is YAML"),
            [string word, ..] => throw Unknown(word),
            _ => throw new InputException("recipes takes nothing, or show NAME"),
        };

    private static async Task<int> ListAsync(CommandEnvironment environment, bool json)
    {
        Recipe[] recipes = [.. RecipeCatalog.Names.Select(RecipeCatalog.BuiltIn)];
        if (json)
        {
            string text = JsonSerializer.Serialize(
                recipes.Select(r => new
                {
                    name = r.Name,
                    description = r.Description,
                    @default = r.Name == RecipeCatalog.DefaultName,
                }),
                JsonText.Indented
            );
            await environment.Output.Writer.WriteLineAsync(text).ConfigureAwait(false);
            return ExitCode.Done;
        }

        int width = recipes.Max(recipe => recipe.Name.Length);
        foreach (Recipe recipe in recipes)
        {
            string mark = recipe.Name == RecipeCatalog.DefaultName ? " (default)" : "";
            await environment
                .Output.Writer.WriteLineAsync($"{recipe.Name.PadRight(width)}  {recipe.Description}{mark}")
                .ConfigureAwait(false);
        }

        return ExitCode.Done;
    }

    private static async Task<int> ShowAsync(CommandEnvironment environment, string name)
    {
        string text = RecipeCatalog.Names.Contains(name) ? RecipeCatalog.Text(name) : throw RecipeCatalog.Unknown(name);
        await environment.Output.Writer.WriteAsync(text).ConfigureAwait(false);
        return ExitCode.Done;
    }

    private static InputException Unknown(string word) =>
        new(
            RecipeCatalog.Names.Contains(word)
                ? $"recipes does not take a name alone; did you mean recipes show {word}?"
                : $"unknown word {SettingText.Shown(word)} after recipes{Nearest.Hint(word, ["show"])}"
        );
}
