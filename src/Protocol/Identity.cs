namespace Distributed.Protocol;

/// <summary>A worker's number in a run, counted from 1 in order of first joining. Shown as worker-1.</summary>
public readonly record struct WorkerId(int Value) : IComparable<WorkerId>
{
    /// <inheritdoc/>
    public int CompareTo(WorkerId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => $"worker-{Value}";

    /// <summary>Order of joining.</summary>
    public static bool operator <(WorkerId left, WorkerId right) => left.Value < right.Value;

    /// <summary>Order of joining.</summary>
    public static bool operator >(WorkerId left, WorkerId right) => left.Value > right.Value;

    /// <summary>Order of joining.</summary>
    public static bool operator <=(WorkerId left, WorkerId right) => left.Value <= right.Value;

    /// <summary>Order of joining.</summary>
    public static bool operator >=(WorkerId left, WorkerId right) => left.Value >= right.Value;
}

/// <summary>One life of a worker. A restarted worker has a higher incarnation, and what its earlier life sent no longer counts.</summary>
public readonly record struct Incarnation(int Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"incarnation {Value}";
}

/// <summary>The number of an optimizer update in a run, from 0; also the number of updates done before it.</summary>
public readonly record struct StepNumber(int Value)
{
    /// <summary>The step after this one.</summary>
    public StepNumber Next => new(Value + 1);

    /// <inheritdoc/>
    public override string ToString() => $"step {Value}";
}

/// <summary>The number of updates the weights have had: 0 for the initial ones. Step s is computed with version s and produces version s+1.</summary>
public readonly record struct WeightsVersion(int Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"weights version {Value}";
}
