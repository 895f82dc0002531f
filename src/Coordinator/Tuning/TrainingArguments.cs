using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Recipes;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tuning;

/// <summary>The arguments of train that train a recipe: a recipe that has a name or a file, and what differs from it.</summary>
public static class TrainingArguments
{
    /// <summary>From any folder, the same weights.</summary>
    /// <param name="reference">The recipe's name or file.</param>
    /// <param name="known">What is there.</param>
    /// <param name="recipe">What is to be trained.</param>
    /// <param name="data">Where the samples are.</param>
    public static IReadOnlyList<string> For(string reference, Recipe known, Recipe recipe, DataOptions data)
    {
        List<string> arguments = ["--recipe", reference];
        foreach (RecipeSetting setting in RecipeSettings.All)
        {
            if (setting.HasEffect(recipe) && setting.Format(recipe) != setting.Format(known))
            {
                arguments.AddRange([$"--{setting.Key}", setting.Format(recipe)]);
            }
        }

        Add(arguments, "--data", data.Data == DataFormats.MnistName ? null : data.Data);
        Add(arguments, "--test-data", data.TestData);
        Add(arguments, "--label-column", data.LabelColumn);
        return arguments;
    }

    /// <summary>A command to paste into a shell.</summary>
    public static string Command(string invokedAs, IReadOnlyList<string> arguments) =>
        $"{invokedAs} {string.Join(' ', arguments.Select(ResumeCommand.Quoted))}";

    private static void Add(List<string> arguments, string option, string? value)
    {
        if (value is not null)
        {
            arguments.AddRange([option, value]);
        }
    }
}
