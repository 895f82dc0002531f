using System.Globalization;
using Distributed.Protocol;

namespace Distributed.Coordinator.Checkpoints;

/// <summary>The names of checkpoint files: step-00001875.safetensors, the step with at least eight digits.</summary>
public static class CheckpointName
{
    /// <summary>Where checkpoints lie in the run's folder.</summary>
    public const string Folder = "checkpoints";

    private const string Prefix = "step-";
    private const string Suffix = ".safetensors";

    /// <summary>The path of the checkpoint before <paramref name="step"/>, in the run's folder.</summary>
    public static string PathOf(StepNumber step) => $"{Folder}/{Prefix}{step.Value.ToString("D8", CultureInfo.InvariantCulture)}{Suffix}";

    /// <summary>The step in a file's name; false for any other file, temporary ones included.</summary>
    public static bool TryParse(string fileName, out StepNumber step)
    {
        step = default;
        if (!fileName.StartsWith(Prefix, StringComparison.Ordinal) || !fileName.EndsWith(Suffix, StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> digits = fileName.AsSpan()[Prefix.Length..^Suffix.Length];
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int value))
        {
            return false;
        }

        step = new StepNumber(value);
        return PathOf(step) == $"{Folder}/{fileName}";
    }
}
