using Distributed.Numerics;
using Distributed.Numerics.Random;
using Distributed.Protocol;

namespace Distributed.Coordinator.Data;

/// <summary>
/// Which samples of the training data are trained on, and which are held out to validate. Depends on the recipe and the number of samples
/// alone.
/// </summary>
/// <param name="Training">Dataset indices, ascending, at least one.</param>
/// <param name="Validation">Dataset indices, ascending; none of them in <paramref name="Training"/>.</param>
public sealed record SampleSplit(int[] Training, int[] Validation)
{
    /// <summary>The split that <paramref name="recipe"/> asks for.</summary>
    /// <exception cref="InputException">It asks for more samples than there are, or one side of it would be empty.</exception>
    public static SampleSplit Of(Recipe recipe, int samples)
    {
        int used = Used(recipe.TrainSamples, samples);
        int held = HeldOut(recipe.ValidationSplit, used);
        bool[] isHeld = Draw(used, held, recipe.Seed);
        var split = new SampleSplit(new int[used - held], new int[held]);
        int trained = 0;
        for (int sample = 0; sample < used; sample++)
        {
            if (isHeld[sample])
            {
                split.Validation[sample - trained] = sample;
            }
            else
            {
                split.Training[trained++] = sample;
            }
        }

        Check.That(trained == split.Training.Length);
        return split;
    }

    private static int Used(int asked, int samples)
    {
        if (asked < 0 || asked > samples)
        {
            throw new InputException(
                $"--train-samples {asked}: the training data has {samples} samples; " +
                $"give 1 to {samples}, or leave the option out to use all.");
        }

        return asked == 0 ? samples : asked;
    }

    /// <summary>A share is rounded to the nearest number of samples, so that 0.29 of 100 is 29 although 0.29 has no exact double.</summary>
    private static int HeldOut(double split, int used)
    {
        if (!(split >= 0) || (split >= 1 && Math.Floor(split) != split))
        {
            throw new InputException(
                $"--validation-split {split}: a share from 0 up to but not including 1, or a whole number of samples, is allowed.");
        }

        double held = split < 1 ? Math.Round(split * used, MidpointRounding.AwayFromZero) : split;
        if (held >= used)
        {
            throw new InputException(
                $"--validation-split {split}: of {used} training samples none would be left to train on; hold out fewer.");
        }

        if (split > 0 && held == 0)
        {
            throw new InputException(
                $"--validation-split {split}: that is less than one of {used} training samples; hold out more, or 0 for none.");
        }

        return (int)held;
    }

    /// <summary>
    /// Draws <paramref name="held"/> of <paramref name="used"/> without replacement: the first part of Fisher and Yates' shuffle.
    /// </summary>
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
