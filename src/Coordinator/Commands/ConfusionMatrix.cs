using Distributed.Numerics;

namespace Distributed.Coordinator.Commands;

/// <summary>How often each class was taken for each. Counts are exact.</summary>
public sealed class ConfusionMatrix(int classes)
{
    private readonly int[] _counts = new int[classes * classes];

    public int Classes => classes;

    /// <summary>Samples of class <paramref name="label"/> that were taken for <paramref name="prediction"/>.</summary>
    public int this[int label, int prediction] => _counts[(label * classes) + prediction];

    /// <summary>Counts one sample.</summary>
    public void Add(int label, int prediction)
    {
        Check.That((uint)label < (uint)classes);
        Check.That((uint)prediction < (uint)classes);
        _counts[(label * classes) + prediction]++;
    }

    /// <summary>Samples of class <paramref name="label"/>.</summary>
    public int Samples(int label) => Enumerable.Range(0, classes).Sum(prediction => this[label, prediction]);

    /// <summary>Samples taken for class <paramref name="prediction"/>.</summary>
    public int Predicted(int prediction) => Enumerable.Range(0, classes).Sum(label => this[label, prediction]);

    /// <summary>Share of the class's samples that were recognized; null without samples.</summary>
    public double? Recall(int label) => Samples(label) is > 0 and var all ? (double)this[label, label] / all : null;

    /// <summary>Share of what was taken for the class that is; null where nothing was.</summary>
    public double? Precision(int label) => Predicted(label) is > 0 and var all ? (double)this[label, label] / all : null;

    /// <summary>
    /// The class that <paramref name="label"/> was most often mistaken for, the lowest of equals; null where it never was.
    /// </summary>
    public int? MostlyTakenFor(int label)
    {
        int[] others = [.. Enumerable.Range(0, classes).Where(prediction => prediction != label && this[label, prediction] > 0)];
        return others.Length == 0 ? null : others.MaxBy(prediction => this[label, prediction]);
    }
}
