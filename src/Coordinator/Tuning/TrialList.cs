using Distributed.Coordinator.Recipes;
using Distributed.Numerics.Random;
using Distributed.Protocol;

namespace Distributed.Coordinator.Tuning;

/// <summary>
/// The trials of a grid: all of its points, or some drawn by seed. Points that differ only in values without effect are the same training, and one
/// trial.
/// </summary>
public sealed class TrialList
{
    /// <summary>Trials that a tuning may have.</summary>
    public const int TrialsMax = 10_000;

    private const int DrawsPerTrialMax = 1_000;

    private readonly Recipe _recipe;
    private readonly IReadOnlyList<GridAxis> _axes;
    private readonly List<Trial> _trials = [];
    private readonly HashSet<string> _seen = [];

    private TrialList(Recipe recipe, IReadOnlyList<GridAxis> axes) => (_recipe, _axes) = (recipe, axes);

    /// <summary>Every point of the grid; the last axis changes fastest.</summary>
    /// <exception cref="InputException">An axis is a range, has no effect at all, or the grid is too large.</exception>
    public static IReadOnlyList<Trial> Grid(Recipe recipe, IReadOnlyList<GridAxis> axes)
    {
        if (axes.FirstOrDefault(axis => axis.Range is not null) is { } range)
        {
            throw new InputException($"--grid {range.Written} is a range, and every number of it cannot be tried; add --random N to draw some");
        }

        long points = Points(axes);
        if (points > TrialsMax)
        {
            throw new InputException($"the grid has {points} points, and a tuning at most {TrialsMax} trials; draw some of them with --random N");
        }

        var list = new TrialList(recipe, axes);
        for (long point = 0; point < points; point++)
        {
            list.Add(list.ValuesAt(point));
        }

        return list.Checked();
    }

    /// <summary><paramref name="count"/> different trials, drawn by the recipe's seed: the same on every machine.</summary>
    /// <exception cref="InputException">There are not so many, or an axis has no effect at all.</exception>
    public static IReadOnlyList<Trial> Draw(Recipe recipe, IReadOnlyList<GridAxis> axes, int count)
    {
        var list = new TrialList(recipe, axes);
        Prng random = Prng.ForTuning(recipe.Seed);
        for (long draw = 0; list._trials.Count < count; draw++)
        {
            if (draw == (long)count * DrawsPerTrialMax || list._trials.Count == Points(axes))
            {
                throw new InputException($"--random {count}: the grid has only {list._trials.Count} different trials; ask for fewer"
                    + (axes.All(axis => axis.Range is null) ? ", or leave --random out to try them all" : ""));
            }

            list.Add([.. axes.Select(axis => axis.Draw(random))]);
        }

        return list.Checked();
    }

    /// <summary>Points of the grid, at most <see cref="long.MaxValue"/>, which is also the number where one axis is a range.</summary>
    private static long Points(IReadOnlyList<GridAxis> axes)
    {
        long points = 1;
        foreach (GridAxis axis in axes)
        {
            if (axis.Range is not null || points > long.MaxValue / axis.Values.Count)
            {
                return long.MaxValue;
            }

            points *= axis.Values.Count;
        }

        return points;
    }

    private string[] ValuesAt(long point)
    {
        string[] values = new string[_axes.Count];
        for (int axis = values.Length - 1; axis >= 0; axis--)
        {
            IReadOnlyList<string> all = _axes[axis].Values;
            values[axis] = all[(int)(point % all.Count)];
            point /= all.Count;
        }

        return values;
    }

    private void Add(string[] values)
    {
        Recipe whole = Apply(values);
        string?[] effective = [.. _axes.Zip(values).Select(pair => pair.First.Setting.HasEffect(whole) ? pair.Second : null)];
        if (_seen.Add(string.Join('\n', effective)))
        {
            _trials.Add(new Trial(_trials.Count + 1, effective, Apply(effective)));
        }
    }

    private Recipe Apply(IReadOnlyList<string?> values)
    {
        Recipe recipe = _recipe;
        for (int axis = 0; axis < values.Count; axis++)
        {
            RecipeSetting setting = _axes[axis].Setting;
            recipe = values[axis] is { } value ? setting.Apply(recipe, new SettingText($"--grid {setting.Key}", value)) : recipe;
        }

        return recipe;
    }

    private List<Trial> Checked()
    {
        for (int axis = 0; axis < _axes.Count; axis++)
        {
            if (_trials.All(trial => trial.Values[axis] is null))
            {
                RecipeSetting setting = _axes[axis].Setting;
                throw new InputException($"--grid {setting.Key} has no effect without {setting.NeededFor}; add that or leave {setting.Key} out");
            }
        }

        return _trials.FirstOrDefault(trial => trial.Recipe.ValidationSplit == 0) is { } blind
            ? throw new InputException($"trial {blind.Number} would have no validation samples to be ranked by; hold some out, as --validation-split 0.1")
            : _trials;
    }
}
