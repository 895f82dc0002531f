using Distributed.Coordinator.Recipes;
using Distributed.Protocol;

namespace Distributed.Coordinator.Data;

/// <summary>The kinds of data source.</summary>
public enum DataFormat
{
    /// <summary>The files that come with the program.</summary>
    Mnist,

    /// <summary>A folder of IDX files.</summary>
    IdxFolder,

    /// <summary>A text file with one sample a line.</summary>
    Csv,

    /// <summary>A zip of NumPy arrays.</summary>
    Npz,
}

/// <summary>Tells the kind of a data source by what lies there and by its name.</summary>
public static class DataFormats
{
    /// <summary>The name that stands for the files that come with the program; a folder of that name is given as ./mnist.</summary>
    public const string MnistName = "mnist";

    private const string Allowed = "mnist, a folder with IDX files, a .csv file or a .npz file is allowed";

    /// <summary>The format of <paramref name="value"/>, which was given with <paramref name="option"/>.</summary>
    public static DataFormat Of(string value, string option)
    {
        if (value.Equals(MnistName, StringComparison.OrdinalIgnoreCase))
        {
            return DataFormat.Mnist;
        }

        if (value.Length == 0)
        {
            throw new InputException($"{option} is empty; {Allowed}.");
        }

        if (Directory.Exists(value))
        {
            return DataFormat.IdxFolder;
        }

        return File.Exists(value) ? OfFile(value, option) : throw NotThere(value, option);
    }

    private static DataFormat OfFile(string path, string option) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" or ".tsv" or ".txt" => DataFormat.Csv,
        ".npz" => DataFormat.Npz,
        ".npy" => throw new InputException(
            $"{option} {path}: a single array has no labels; save both with numpy.savez(file, x_train=..., y_train=...) as .npz."),
        _ when Path.GetFileName(path).Contains("-ubyte", StringComparison.OrdinalIgnoreCase) =>
            throw new InputException(
                $"{option} {path}: an IDX file holds images or labels only; give the folder that holds both: {option} {FolderOf(path)}"),
        string extension => throw new InputException($"{option} {path}: the extension {Shown.Value(extension)} is not known; {Allowed}."),
    };

    private static string FolderOf(string path)
    {
        string? folder = Path.GetDirectoryName(path);
        return string.IsNullOrEmpty(folder) ? "." : folder;
    }

    private static InputException NotThere(string value, string option)
    {
        bool meantMnist = Nearest.To(value, [MnistName]) is not null;
        return meantMnist
            ? new InputException($"{option} {value}: no such file or folder; did you mean {MnistName}?")
            : DataFile.Missing(value);
    }
}
