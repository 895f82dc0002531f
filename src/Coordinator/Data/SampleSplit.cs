using Distributed.Numerics.Random;
using Distributed.Protocol;

namespace Distributed.Coordinator.Data;

/// <summary>Which samples of the training data are trained on, and which are held out to validate. Depends on the recipe and the number of samples alone.</summary>
/// <param name="Training">Dataset indices, ascending.</param>
/// <param name="Validation">Dataset indices, ascending; none of them in <paramref name="Training"/>.</param>
public sealed record SampleSplit(int[] Training, int[] Validation)
{
    /// <summary>The split that <paramref name="recipe"/> asks for.</summary>
    /// <exception cref="InputException">It asks for more samples than there are, or leaves none to train on.</exception>
    public static SampleSplit Of(Recipe recipe, int samples)
    {
        int used = recipe.TrainSamples == 0 ? samples : recipe.TrainSamples;
        if (used > samples)
        {
            throw new InputException($"--train-samples {recipe.TrainSamples}: the training data has {samples} samples; give at most that many, or leave the option out.");
        }

        int held = HeldOut(recipe.ValidationSplit, used);
        bool[] isHeld = Draw(used, held, recipe.Seed);
        int[] training = new int[used - held];
        int[] validation = new int[held];
        int trained = 0;
        int validated = 0;
        for (int i = 0; i < used; i++)
        {
            if (isHeld[i])
            {
                validation[validated++] = i;
            }
            else
            {
                training[trained++] = i;
            }
        }

        return new SampleSplit(training, validation);
    }

    private static int HeldOut(double split, int used)
    {
        int held = split < 1 ? (int)(used * split) : (int)split;
        if (held >= used)
        {
            throw new InputException($"--validation-split {split}: of {used} training samples none would be left to train on; hold out fewer.");
        }

        if (split > 0 && held == 0)
        {
            throw new InputException($"--validation-split {split}: that is less than one of {used} training samples; hold out more, or 0 for none.");
        }

        return held;
    }

    /// <summary>Draws <paramref name="held"/> of <paramref name="used"/> without replacement: the first part of Fisher and Yates' shuffle.</summary>
    private static bool[] Draw(int used, int held, ulong seed)
    {
        int[] order = Enumerable.Range(0, used).ToArray();
        bool[] isHeld = new bool[used];
        Prng random = Prng.ForSplit(seed);
        for (int i = 0; i < held; i++)
        {
            int chosen = i + random.NextInt32(used - i);
            (order[i], order[chosen]) = (order[chosen], order[i]);
            isHeld[order[i]] = true;
        }

        return isHeld;
    }
}
