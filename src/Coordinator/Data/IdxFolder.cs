using Distributed.Protocol;

namespace Distributed.Coordinator.Data;

/// <summary>Which files of a folder hold what, told by name: as in MNIST, with any prefix (EMNIST), plain or .gz.</summary>
/// <param name="Folder">The folder as the user named it.</param>
public sealed record IdxFolder(string Folder)
{
    private static readonly string[] TestNames = ["t10k", "test"];
    private static readonly string[] TrainNames = ["train"];

    /// <summary>The four names MNIST's authors gave.</summary>
    public const string ExpectedNames =
        "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte (each plain or .gz)";

    /// <summary>True when the folder holds training images.</summary>
    public bool HoldsTraining => Find(TrainNames, "images").Length > 0;

    /// <summary>True when the folder holds test images or labels.</summary>
    public bool HoldsTest => Find(TestNames, "images").Length + Find(TestNames, "labels").Length > 0;

    /// <summary>The training images and labels.</summary>
    public (string Images, string Labels) Training => (Single(TrainNames, "images"), Single(TrainNames, "labels"));

    /// <summary>The test images and labels.</summary>
    public (string Images, string Labels) Test => (Single(TestNames, "images"), Single(TestNames, "labels"));

    private string Single(string[] parts, string content)
    {
        string[] found = Find(parts, content);
        return found.Length switch
        {
            1 => Path.Combine(Folder, found[0]),
            0 => throw new InputException(
                $"{Folder}: no IDX file {parts[0]}-{content} in this folder; it should hold {ExpectedNames}, but holds {Contents()}."),
            _ => throw new InputException(
                $"{Folder}: {string.Join(" and ", found)} could all be {parts[0]}-{content}; leave one of them in the folder."),
        };
    }

    /// <summary>Where a file is there plain and packed, the plain one counts.</summary>
    private string[] Find(string[] parts, string content)
    {
        string[] names = [.. DataFile.NamesIn(Folder).Where(name => parts.Any(part => IsNamed(name, $"{part}-{content}")))];
        return [.. names.Where(name => !(name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) && names.Contains(name[..^3])))];
    }

    private static bool IsNamed(string name, string stem)
    {
        string plain = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        int at = plain.IndexOf(stem, StringComparison.OrdinalIgnoreCase);
        string ending = at < 0 ? "" : plain[(at + stem.Length)..].ToLowerInvariant();
        return ending is "-idx3-ubyte" or "-idx1-ubyte" or ".idx3-ubyte" or ".idx1-ubyte";
    }

    private string Contents()
    {
        IReadOnlyList<string> names = DataFile.NamesIn(Folder);
        return names.Count == 0 ? "nothing" : Shown.Some(names);
    }
}
