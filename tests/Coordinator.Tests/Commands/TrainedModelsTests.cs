using Distributed.Coordinator.Checkpoints;
using Distributed.Coordinator.Commands;
using Distributed.Coordinator.Data;
using Distributed.Coordinator.Metrics;
using Distributed.Coordinator.Storage;
using Distributed.Numerics.Models;
using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Tests.Commands;

/// <summary>A model opened from a run's folder or a file, on the data it belongs to or other data.</summary>
public sealed class TrainedModelsTests : IDisposable
{
    private const int Features = 2;
    private const int Classes = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("models-").FullName;
    private readonly TrainedModels _models;

    public TrainedModelsTests()
    {
        _models = new TrainedModels(new MnistLocator(_folder, _folder), cores: 2);
        File.WriteAllLines(Data, Enumerable.Range(0, 40).Select(i => $"{i % Classes},{i},{40 - i}"));
    }

    private string Data => Path.Combine(_folder, "data.csv");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_runs_folder_brings_its_own_data_and_held_out_samples()
    {
        Digest digest = MakeRun(validationSplit: 0.25);
        OpenedModel model = Open();
        Assert.Equal(digest, model.WeightsDigest);
        Assert.Equal("tiny", model.Recipe);
        Assert.Equal(10, model.Samples.Count);
        Assert.Equal($"validation samples of {Data}", model.SamplesName);
        int[] held = SampleSplit.Of(Recipe(0.25), 40).Validation;
        Assert.Equal(held.Select(i => i % Classes), model.Samples.Labels);
        Assert.Equal(held.Select(i => (byte)i), Enumerable.Range(0, 10).Select(row => model.Samples.Bytes![row * Features]));
    }

    [Fact]
    public void Without_held_out_samples_all_are_used_and_a_test_file_comes_first()
    {
        MakeRun(validationSplit: 0);
        Assert.Equal((40, $"samples of {Data}"), (Open().Samples.Count, Open().SamplesName));
        string test = Path.Combine(_folder, "test.csv");
        File.WriteAllLines(test, ["1,5,6", "0,7,8"]);
        OpenedModel tested = Open(testData: test);
        Assert.Equal((2, $"test samples of {test}"), (tested.Samples.Count, tested.SamplesName));
    }

    [Fact]
    public void Other_data_is_used_whole_even_if_the_run_held_some_of_its_own_out()
    {
        MakeRun(validationSplit: 0.25);
        Assert.Equal(40, Open(data: Data).Samples.Count);
    }

    [Fact]
    public void A_model_file_in_a_runs_folder_finds_the_runs_data()
    {
        MakeRun(validationSplit: 0);
        Assert.Equal(40, _models.Open(new ModelQuery(Path.Combine(_folder, ModelFile.Name), null, null, null)).Samples.Count);
    }

    [Fact]
    public void Evaluation_and_probabilities_agree()
    {
        MakeRun(validationSplit: 0);
        OpenedModel model = Open();
        var evaluation = ModelEvaluation.Of(model);
        float[] probabilities = new float[40 * Classes];
        model.Classifier.Probabilities(model.Samples, 0, 40, probabilities);
        int correct = 0;
        double loss = 0;
        for (int i = 0; i < 40; i++)
        {
            ReadOnlySpan<float> row = probabilities.AsSpan(i * Classes, Classes);
            Assert.Equal(1.0, row[0] + row[1] + row[2], 5);
            correct += ModelEvaluation.Prediction(row) == model.Samples.Labels[i] ? 1 : 0;
            loss -= Math.Log(row[model.Samples.Labels[i]]);
        }

        Assert.Equal(correct / 40.0, evaluation.Accuracy);
        Assert.Equal(correct, Enumerable.Range(0, Classes).Sum(c => evaluation.Confusion[c, c]));
        Assert.Equal(loss / 40, evaluation.Loss, 4);
    }

    [Fact]
    public void What_cannot_be_opened_is_refused_with_a_sentence()
    {
        Refused($"{_folder}/none is neither a run's folder nor a model file; a finished run's folder holds model.safetensors", $"{_folder}/none");
        Refused($"{_folder} is not a run's folder: it has no model.safetensors", _folder);
        Refused($"{Data} is not a model: give a run's folder or its model.safetensors, and samples with --data", Data);
        MakeRun(validationSplit: 0);
        File.Delete(Path.Combine(_folder, ModelFile.Name));
        Refused($"{_folder} has no model.safetensors: the run is not finished; continue it with --resume {_folder}", _folder);
    }

    [Fact]
    public void Data_that_does_not_fit_the_model_is_refused()
    {
        MakeRun(validationSplit: 0);
        string wide = Path.Combine(_folder, "wide.csv");
        File.WriteAllLines(wide, ["0,1,2,3", "1,1,2,3"]);
        Assert.Equal(
            $"the samples of {wide} have 3 features, but the model takes 2; give data like it was trained on",
            Assert.Throws<InputException>(() => Open(data: wide)).Message
        );
        string many = Path.Combine(_folder, "many.csv");
        File.WriteAllLines(many, ["0,1,2", "7,1,2"]);
        Assert.Equal(
            $"the samples of {many} have the label 7, but the model knows the classes 0 to 2; give data like it was trained on",
            Assert.Throws<InputException>(() => Open(data: many)).Message
        );
    }

    private void Refused(string sentence, string runOrModel) =>
        Assert.Equal(sentence, Assert.Throws<InputException>(() => _models.Open(new ModelQuery(runOrModel, null, null, null))).Message);

    private OpenedModel Open(string? data = null, string? testData = null) => _models.Open(new ModelQuery(_folder, data, testData, null));

    private Digest MakeRun(double validationSplit)
    {
        var store = new FolderRunStore(_folder);
        var shape = new NetworkShape(Features, [4], Classes, Activation.Relu, 0);
        float[] weights = new float[ParameterLayout.For(shape).Count];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = ((i * 37 % 19) - 9) / 8f;
        }

        var model = new TrainedModel(shape, new FeatureScale(0, 1 / 40f), weights, "tiny");
        ModelFile.Write(store, ModelFile.Name, model, "1.2.3");
        Digest data = new DataLoader(new MnistLocator(_folder, _folder)).Load(new DataOptions(Data)).Train.ComputeDigest();
        new RunManifest(Recipe(validationSplit), new DataOptions(Data), data, "1.2.3", []).Write(store);
        return model.ComputeWeightsDigest();
    }

    private static Recipe Recipe(double validationSplit) => new() { Name = "tiny", Hidden = [4], ValidationSplit = validationSplit };
}
