using Distributed.Protocol;
using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Data;

/// <summary>Reads the samples of a run from wherever the options point to.</summary>
/// <param name="mnist">Finds the files that come with the program.</param>
public sealed class DataLoader(MnistLocator mnist)
{
    /// <summary>Loads training and test samples, which agree in features and classes.</summary>
    /// <exception cref="InputException">Something is missing, damaged, too large or contradictory.</exception>
    public LoadedData Load(DataOptions options)
    {
        DataFormat format = DataFormats.Of(options.Data, "--data");
        DataFormat? testFormat = options.TestData is null ? null : DataFormats.Of(options.TestData, "--test-data");
        if (options.LabelColumn is not null && format != DataFormat.Csv && testFormat != DataFormat.Csv)
        {
            throw new InputException(
                $"--label-column {options.LabelColumn}: only CSV files have columns, and {options.Data} is none; leave the option out.");
        }

        (Dataset train, Dataset? test) = ReadTraining(format, options);
        CheckTraining(options.Data, train);
        if (testFormat is DataFormat given)
        {
            test = ReadTest(given, options, LabelRule.TestFor(train));
        }

        CheckTest(options, train, test);
        return new LoadedData(train, test, DataDescription.Of(options, train, test));
    }

    private (Dataset Train, Dataset? Test) ReadTraining(DataFormat format, DataOptions options)
    {
        switch (format)
        {
            case DataFormat.Mnist:
                return IdxDataset.ReadBoth(mnist.Find());
            case DataFormat.IdxFolder:
                return IdxDataset.ReadBoth(new IdxFolder(options.Data));
            case DataFormat.Csv:
                return (CsvReader.Read(options.Data, options.LabelColumn, LabelRule.Training), null);
            default:
                using (FileStream file = DataFile.OpenRead(options.Data))
                {
                    return NpzDataset.ReadBoth(file, options.Data);
                }
        }
    }

    private Dataset ReadTest(DataFormat format, DataOptions options, LabelRule rule)
    {
        string path = options.TestData!;
        switch (format)
        {
            case DataFormat.Mnist:
                return IdxDataset.ReadTest(mnist.Find(), rule);
            case DataFormat.IdxFolder:
                return IdxDataset.ReadTest(new IdxFolder(path), rule);
            case DataFormat.Csv:
                return CsvReader.Read(path, options.LabelColumn, rule);
            default:
                using (FileStream file = DataFile.OpenRead(path))
                {
                    return NpzDataset.ReadTest(file, path, rule);
                }
        }
    }

    private static void CheckTraining(string source, Dataset train)
    {
        if (train.Classes < 2)
        {
            throw new InputException(
                $"{source}: every label is 0, so there is nothing to tell apart; " +
                "at least two classes are needed (of a CSV file, is --label-column right?).");
        }
    }

    private static void CheckTest(DataOptions options, Dataset train, Dataset? test)
    {
        if (test is not null && test.Features != train.Features)
        {
            throw new InputException(
                $"{options.TestData ?? options.Data}: the test samples have {test.Features} features, " +
                $"but the training samples in {options.Data} have {train.Features}; they must agree.");
        }
    }
}
