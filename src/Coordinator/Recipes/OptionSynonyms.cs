namespace Distributed.Coordinator.Recipes;

/// <summary>What other trainers call our options and keys, for the hint after an unknown one.</summary>
public static class OptionSynonyms
{
    private static readonly Dictionary<string, string> Ours = new()
    {
        ["lr"] = "learning-rate",
        ["eta"] = "learning-rate",
        ["bs"] = "batch-size",
        ["minibatch"] = "batch-size",
        ["minibatch-size"] = "batch-size",
        ["layers"] = "hidden",
        ["units"] = "hidden",
        ["opt"] = "optimizer",
        ["clip"] = "clip-norm",
        ["gradient-clipping"] = "clip-norm",
        ["max-grad-norm"] = "clip-norm",
        ["patience"] = "early-stopping",
        ["monitor"] = "early-stopping-metric",
        ["scheduler"] = "schedule",
        ["lr-schedule"] = "schedule",
        ["warmup-steps"] = "warmup",
        ["regularization"] = "l2",
        ["iterations"] = "epochs",
        ["num-epochs"] = "epochs",
        ["max-epochs"] = "epochs",
        ["nproc"] = "workers",
        ["nproc-per-node"] = "workers",
        ["num-workers"] = "workers",
        ["processes"] = "workers",
        ["threads"] = "workers",
        ["jobs"] = "workers",
        ["output"] = "run-dir",
        ["out"] = "run-dir",
        ["output-dir"] = "run-dir",
        ["log-dir"] = "run-dir",
        ["continue"] = "resume",
        ["restore"] = "resume",
        ["config"] = "recipe",
        ["dataset"] = "data",
        ["train-data"] = "data",
        ["nonlinearity"] = "activation",
        ["random-seed"] = "seed",
        ["initializer"] = "init",
        ["normalize"] = "scale",
        ["val-split"] = "validation-split",
        ["test"] = "evaluate",
        ["eval"] = "evaluate",
        ["infer"] = "predict",
        ["fit"] = "train",
        ["run"] = "train",
        ["list"] = "recipes",
        ["sample"] = "index",
    };

    /// <summary>Our word for <paramref name="word"/> (with or without dashes before it, none in the answer), or null.</summary>
    public static string? Find(string word) => Ours.GetValueOrDefault(word.TrimStart('-').Replace('_', '-').ToLowerInvariant());
}
