namespace Distributed.Numerics.Models;

/// <summary>How a tensor is filled before the first step.</summary>
public enum InitializerKind
{
    /// <summary>Every value is the parameter.</summary>
    Constant,

    /// <summary>Uniform in [-a, a), a being the parameter.</summary>
    Uniform,

    /// <summary>Normal with mean 0, the parameter being the standard deviation.</summary>
    Normal,

    /// <summary>Uniform in ±sqrt(6 / (fan-in + fan-out)); no parameter.</summary>
    Xavier,

    /// <summary>Normal with standard deviation sqrt(2 / fan-in); no parameter.</summary>
    He,
}

/// <summary>An initializer and its parameter (0 where the kind takes none).</summary>
public readonly record struct Initializer(InitializerKind Kind, float Parameter);
