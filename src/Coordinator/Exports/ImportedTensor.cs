namespace Distributed.Coordinator.Exports;

/// <summary>A tensor of a file made elsewhere, described before its values are read.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Type">Its element type in the file's own word, for example F32.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Read">Reads its values, row-major, as float32. Call it only for a shape that is expected: it takes the memory.</param>
internal sealed record ImportedTensor(string Name, string Type, IReadOnlyList<long> Shape, Func<float[]> Read)
{
    /// <summary>The tensor as a sentence lists it.</summary>
    public override string ToString() => $"{Name} {Type} [{string.Join(", ", Shape)}]";

    /// <summary>True for a vector of <paramref name="length"/>, or a matrix with one row or column of that length.</summary>
    public bool IsVector(int length) =>
        Shape.Count is 1 or 2 && Shape.Contains(length) && Shape.All(dimension => dimension == 1 || dimension == length);
}
