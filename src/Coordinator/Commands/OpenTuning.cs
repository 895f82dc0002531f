using Distributed.Coordinator.Data;
using Distributed.Coordinator.Recipes;
using Distributed.Coordinator.Storage;
using Distributed.Coordinator.Tuning;
using Distributed.Protocol;

namespace Distributed.Coordinator.Commands;

/// <summary>A tuning with its plan, samples and folder, new or to be continued; nothing is trained yet.</summary>
public sealed class OpenTuning : IDisposable
{
    private readonly Recipe _known;
    private readonly string _reference;
    private readonly DataOptions _source;

    private OpenTuning(TuningManifest manifest, TuningProgress progress, TuningFolder folder, ITrialTrainer trainer, DataOptions source)
    {
        (Progress, Folder, Trainer, _source) = (progress, folder, trainer, source);
        (_reference, _known) = Reference(manifest.RecipeReference);
        Ledger = new TuningLedger(folder.Store);
    }

    public TuningProgress Progress { get; }

    public TuningFolder Folder { get; }

    public ITrialTrainer Trainer { get; }

    public TuningLedger Ledger { get; }

    /// <summary>Makes the folder only once nothing else can be wrong.</summary>
    /// <exception cref="InputException">What is asked for, the samples or the folder cannot be used.</exception>
    public static OpenTuning Of(TuneOptions options, CommandEnvironment environment)
    {
        TuningManifest? earlier = options.Resume is { } resumed ? TuningManifest.Read(new FolderRunStore(resumed)) : null;
        TuningRequest request = earlier?.Request ?? options.Request!;
        var progress = new TuningProgress(TuningPlan.For(request));
        DataOptions source = options.SourceAfter(earlier?.Data);
        ITrialTrainer trainer = environment.Trials.Load(source);
        CheckSamples(progress.Plan, trainer, earlier);
        TuningFolder folder = TuningFolder.Hold(options.Resume ?? options.Directory ?? TuningFolder.FirstFree(request.Recipe.Name));
        try
        {
            TuningManifest manifest = earlier ?? new TuningManifest(request, options.RecipeReference, source, trainer.DataDigest, environment.Version);
            var tuning = new OpenTuning(manifest, progress, folder, trainer, source);
            tuning.Begin(earlier is null ? manifest : null);
            return tuning;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>The arguments of train that train <paramref name="recipe"/> on the same samples.</summary>
    public IReadOnlyList<string> ArgumentsOf(Recipe recipe) => TrainingArguments.For(_reference, _known, recipe, _source);

    /// <summary>The folder of a trial's run.</summary>
    public string FolderOf(Trial trial) => Path.Combine(Folder.Path, trial.Folder);

    public void Dispose() => Folder.Dispose();

    private void Begin(TuningManifest? manifest)
    {
        try
        {
            manifest?.Write(Folder.Store);
            Ledger.Replay(Progress);
        }
        catch (Exception failure) when (StoreFault.Is(failure))
        {
            throw new InputException($"{Folder.Path} cannot be written to: {failure.Message} Make room, or give another folder with --tune-dir", failure);
        }
    }

    /// <summary>A recipe file may have gone or changed since the tuning began; what is trained does not depend on it.</summary>
    private static (string Reference, Recipe Known) Reference(string reference)
    {
        try
        {
            return (reference, RecipeCatalog.Load(reference));
        }
        catch (InputException)
        {
            return (RecipeCatalog.DefaultName, RecipeCatalog.Default);
        }
    }

    private static void CheckSamples(TuningPlan plan, ITrialTrainer trainer, TuningManifest? earlier)
    {
        if (earlier is not null && earlier.DataDigest != trainer.DataDigest)
        {
            throw new InputException(
                $"the training data has digest {trainer.DataDigest}, but the tuning to resume was begun on {earlier.DataDigest}; give the same data with --data"
            );
        }

        foreach (Recipe recipe in plan.Trials.Select(trial => trial.Recipe).DistinctBy(recipe => (recipe.TrainSamples, recipe.ValidationSplit)))
        {
            SampleSplit.Of(recipe, trainer.Samples);
        }
    }
}
