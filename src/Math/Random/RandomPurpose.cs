namespace Distributed.Numerics.Random;

/// <summary>What a stream of random numbers is for: the top byte of the counter, so that no two purposes ever share a number.</summary>
public enum RandomPurpose : byte
{
    /// <summary>The order of an epoch's samples.</summary>
    Permutation = 1,

    /// <summary>A tensor's first values.</summary>
    Initialization = 2,

    /// <summary>Dropout masks.</summary>
    Dropout = 3,

    /// <summary>Which samples go to the validation split.</summary>
    Split = 4,

    /// <summary>Everything that does not influence a result: jitter, audit draws, simulation.</summary>
    Auxiliary = 5,

    /// <summary>Which points of a grid are tried.</summary>
    Tuning = 6,
}
