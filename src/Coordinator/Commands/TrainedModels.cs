using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Commands;

/// <summary>Opens model.safetensors, with the samples of the run it lies in or others.</summary>
/// <param name="mnist">Finds the data that comes with the program.</param>
/// <param name="cores">Cores that may compute at once.</param>
public sealed class TrainedModels(MnistLocator mnist, int cores) : IModelSource
{
    /// <inheritdoc/>
    public OpenedModel Open(ModelQuery query)
    {
        (string folder, string file) = Locate(query.RunOrModel);
        var store = new FolderRunStore(folder);
        TrainedModel model = Read(store, file, query.RunOrModel);
        RunManifest? run = store.Exists(RunManifest.FileName) ? RunManifest.Read(store) : null;
        (Dataset samples, string name) = Samples(query, run);
        CheckFit(model, samples, name);
        return new OpenedModel(Ready(model), samples, name);
    }

    /// <inheritdoc/>
    public ReadyModel Open(string runOrModel) => Ready(ReadModel(runOrModel));

    /// <summary>The model alone.</summary>
    /// <exception cref="InputException">There is none, or it cannot be read.</exception>
    public static TrainedModel ReadModel(string runOrModel)
    {
        (string folder, string file) = Locate(runOrModel);
        return Read(new FolderRunStore(folder), file, runOrModel);
    }

    private ReadyModel Ready(TrainedModel model) => new()
    {
        Recipe = model.RecipeName,
        Shape = model.Shape,
        WeightsDigest = model.ComputeWeightsDigest(),
        Classifier = new TrainedClassifier(model, cores),
    };

    private static (string Folder, string File) Locate(string runOrModel)
    {
        if (Directory.Exists(runOrModel))
        {
            return (runOrModel, ModelFile.Name);
        }

        string path = Path.GetFullPath(runOrModel);
        if (!File.Exists(path))
        {
            throw new InputException($"{runOrModel} is neither a run's folder nor a model file; a finished run's folder holds {ModelFile.Name}");
        }

        return Path.GetExtension(path).Equals(Path.GetExtension(ModelFile.Name), StringComparison.OrdinalIgnoreCase)
            ? (Path.GetDirectoryName(path)!, Path.GetFileName(path))
            : throw new InputException($"{runOrModel} is not a model: give a run's folder or its {ModelFile.Name}, and samples with --data");
    }

    private static TrainedModel Read(FolderRunStore store, string file, string given)
    {
        if (!store.Exists(file))
        {
            throw new InputException(
                store.Exists(RunManifest.FileName)
                    ? $"{given} has no {ModelFile.Name}: the run is not finished; continue it with --resume {given}"
                    : $"{given} is not a run's folder: it has no {ModelFile.Name}{RunsHint.For(given)}"
            );
        }

        try
        {
            return ModelFile.Read(store, file);
        }
        catch (Exception e) when (StoreFault.Is(e))
        {
            throw new InputException($"{store.Locate(file)} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Test samples where there are any, else what the run held out, else all.</summary>
    private (Dataset Samples, string Name) Samples(ModelQuery query, RunManifest? run)
    {
        DataOptions options = Options(query, run);
        LoadedData data = new DataLoader(mnist).Load(options);
        if (data.Test is not null)
        {
            return (data.Test, $"test samples of {options.TestData ?? options.Data}");
        }

        bool isTheRuns = run is not null && query.Data is null && data.Train.ComputeDigest() == run.DataDigest;
        int[] held = isTheRuns ? SampleSplit.Of(run!.Recipe, data.Train.Count).Validation : [];
        return held.Length > 0
            ? (DatasetPart.Of(data.Train, held), $"validation samples of {options.Data}")
            : (data.Train, $"samples of {options.Data}");
    }

    /// <summary>What the command line says; what it does not say is as in the run, unless it names other data.</summary>
    private static DataOptions Options(ModelQuery query, RunManifest? run) =>
        query.Data is null && run is not null
            ? new DataOptions(run.Data.Data, query.TestData ?? run.Data.TestData, query.LabelColumn ?? run.Data.LabelColumn)
            : new DataOptions(query.Data ?? DataFormats.MnistName, query.TestData, query.LabelColumn);

    private static void CheckFit(TrainedModel model, Dataset samples, string name)
    {
        if (samples.Features != model.Shape.Inputs)
        {
            throw new InputException(
                $"the {name} have {samples.Features} features, but the model takes {model.Shape.Inputs}; give data like it was trained on"
            );
        }

        int highest = samples.Labels.Max();
        if (highest >= model.Shape.Outputs)
        {
            throw new InputException(
                $"the {name} have the label {highest}, but the model knows the classes 0 to {model.Shape.Outputs - 1}; give data like it was trained on"
            );
        }
    }
}
