namespace Distributed.EndToEnd.Processes;

/// <summary>A run that takes some seconds, so that things can go wrong in it, and its digest when nothing does.</summary>
internal sealed class LongRun(TestFolder folder, int epochs)
{
    private Task<Result>? _reference;

    internal string[] Arguments { get; } =
    [
        "--data", SmallData.Write(folder, "train.csv", samples: 611, seed: 1),
        "--test-data", SmallData.Write(folder, "test.csv", samples: 97, seed: 2),
        "--hidden", "37,19", "--dropout", "0.2", "--optimizer", "adam", "--learning-rate", "0.001", "--batch-size", "30",
        "--epochs", $"{epochs}", "--validation-split", "0.1", "--checkpoint-every", "500",
        "--label-smoothing", "0.1",
    ];

    /// <summary>The digest of the same run in one process, by one worker.</summary>
    internal async Task<string> DigestAsync()
    {
        _reference ??= Trainer.TrainAsync(folder, [.. Arguments, "--workers", "1"]);
        return (await _reference).Digest;
    }
}
