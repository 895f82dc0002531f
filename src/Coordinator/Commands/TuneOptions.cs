using Distributed.Coordinator.Data;
using Distributed.Coordinator.Tuning;

namespace Distributed.Coordinator.Commands;

/// <summary>A tune command line, understood.</summary>
public sealed record TuneOptions
{
    /// <summary>What is asked for; null when a tuning is resumed, which has its own.</summary>
    public TuningRequest? Request { get; init; }

    /// <summary>The recipe as it was named, a file with its full path.</summary>
    public string RecipeReference { get; init; } = "";

    /// <summary>The recipe had no validation samples, and was given some.</summary>
    public bool IsSplitAdded { get; init; }

    /// <summary>mnist, or the full path of a folder or file; null for mnist, or for what the resumed tuning used.</summary>
    public string? Data { get; init; }

    /// <summary>As <see cref="Data"/>; null for what comes with it.</summary>
    public string? TestData { get; init; }

    /// <summary>The label's column in a CSV, by name or by number from 1; null for the first.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>Trials at a time; null for as many as the cores.</summary>
    public int? Parallel { get; init; }

    /// <summary>Workers of each trial; null for a fair share of the cores.</summary>
    public int? Workers { get; init; }

    /// <summary>Where the tuning's files go; null for a new folder under runs/.</summary>
    public string? Directory { get; init; }

    /// <summary>The folder of the tuning to continue, or null.</summary>
    public string? Resume { get; init; }

    /// <summary>Where the samples are; what the command line does not say is as in <paramref name="earlier"/>.</summary>
    public DataOptions SourceAfter(DataOptions? earlier) => Data is null && earlier is not null
        ? new DataOptions(earlier.Data, TestData ?? earlier.TestData, LabelColumn ?? earlier.LabelColumn)
        : new DataOptions(Data ?? DataFormats.MnistName, TestData ?? earlier?.TestData, LabelColumn ?? earlier?.LabelColumn);
}
