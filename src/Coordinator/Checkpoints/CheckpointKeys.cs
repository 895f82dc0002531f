namespace Distributed.Coordinator.Checkpoints;

/// <summary>The names of a checkpoint's parts in its file.</summary>
internal static class CheckpointKeys
{
    public const string Kind = "kind";
    public const string FormatVersion = "format_version";
    public const string ProgramVersion = "program_version";
    public const string Step = "step";
    public const string Epoch = "epoch";
    public const string EpochLossSum = "epoch_loss_sum";
    public const string EpochCorrect = "epoch_correct";
    public const string EpochSamples = "epoch_samples";
    public const string Seed = "seed";
    public const string DataDigest = "data_digest";
    public const string Features = "features";
    public const string Classes = "classes";
    public const string ScaleOffset = "scale_offset";
    public const string ScaleFactor = "scale_factor";
    public const string Recipe = "recipe";

    /// <summary>The names of the optimizer's arrays, so that one whose tensors are missing is noticed.</summary>
    public const string Moments = "optimizer_moments";

    /// <summary>The names of the optimizer's powers, for the same reason.</summary>
    public const string Powers = "optimizer_powers";

    public const string PowerPrefix = "power.";
    public const string ExtraPrefix = "extra.";

    /// <summary>Tensor names of one of the optimizer's arrays: velocity.W1, velocity.b1 …</summary>
    public static string MomentPrefix(string moment) => moment + ".";

    /// <summary>A name that can stand in a list between commas and before a dot.</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '_');
}
