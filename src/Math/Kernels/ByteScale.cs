namespace Distributed.Numerics.Kernels;

/// <summary>How a raw byte x becomes a feature: (x - <paramref name="Offset"/>) · <paramref name="Factor"/>, rounded after each.</summary>
public readonly record struct ByteScale(float Offset, float Factor);
