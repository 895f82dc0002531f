using Distributed.Protocol.Datasets;

namespace Distributed.Coordinator.Data;

/// <summary>Which labels a file may hold: any class when it trains, the training data's classes when it tests.</summary>
public readonly record struct LabelRule
{
    private readonly int _classes;

    private LabelRule(int classes) => _classes = classes;

    /// <summary>Labels that define the classes.</summary>
    public static LabelRule Training => new(0);

    /// <summary>Labels that must be among the classes of <paramref name="train"/>.</summary>
    public static LabelRule TestFor(Dataset train) => new(train.Classes);

    /// <summary>What an error says is allowed.</summary>
    public string Allowed => _classes == 0
        ? $"a label is a whole number from 0 to {DatasetLimits.ClassesMax - 1}"
        : $"the training data has the labels 0 to {_classes - 1}";

    /// <summary>True when <paramref name="value"/> is a whole number in range; then it is <paramref name="label"/>.</summary>
    public bool TryAccept(double value, out int label)
    {
        bool accepted = value >= 0 && value < HighestPlusOne && Math.Floor(value) == value;
        label = accepted ? (int)value : -1;
        return accepted;
    }

    /// <summary>The number of classes of a dataset with these labels.</summary>
    public int ClassesOf(ReadOnlySpan<int> labels)
    {
        int highest = -1;
        foreach (int label in labels)
        {
            highest = Math.Max(highest, label);
        }

        return _classes == 0 ? highest + 1 : _classes;
    }

    private int HighestPlusOne => _classes == 0 ? DatasetLimits.ClassesMax : _classes;
}
