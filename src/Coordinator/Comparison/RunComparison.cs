using Distributed.Coordinator.Recipes;
using Distributed.Protocol;

namespace Distributed.Coordinator.Comparison;

/// <summary>Runs side by side.</summary>
/// <param name="Runs">At least two, in the order given.</param>
public sealed record RunComparison(IReadOnlyList<RunSummary> Runs)
{
    /// <summary>Reads the folders, named by their last part where that tells them apart.</summary>
    /// <exception cref="InputException">One is not a run's folder.</exception>
    public static RunComparison Read(IReadOnlyList<string> paths)
    {
        string[] names = [.. paths.Select(path => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))))];
        bool areDistinct = names.Distinct().Count() == names.Length;
        return new RunComparison([.. paths.Select((path, i) => RunSummary.Read(path, areDistinct ? names[i] : path))]);
    }

    /// <summary>The runs that have a readable recipe.</summary>
    private IEnumerable<Recipe> Recipes => Runs.Select(run => run.Manifest?.Recipe).OfType<Recipe>();

    /// <summary>The settings that are not the same in all runs; one without effect in a recipe differs from any with.</summary>
    public IReadOnlyList<RecipeSetting> Differences =>
        [.. RecipeSettings.All.Where(setting => Recipes.Select(recipe => Value(setting, recipe)).Distinct().Count() > 1)];

    /// <summary>The runs of each weights digest, in order of the first; those without one are in none.</summary>
    public IReadOnlyList<IGrouping<Digest, RunSummary>> ByDigest =>
        [.. Runs.Where(run => run.WeightsDigest is not null).GroupBy(run => run.WeightsDigest!.Value)];

    /// <summary>The setting's value in a recipe; null where it has no effect.</summary>
    public static string? Value(RecipeSetting setting, Recipe recipe) => setting.HasEffect(recipe) ? setting.Format(recipe) : null;
}
