namespace Distributed.Numerics.Models;

/// <summary>What dropout masks depend on beside the sample's position, the layer and the unit.</summary>
/// <param name="Seed">The recipe's seed.</param>
/// <param name="Step">Optimizer steps before this one, over the whole run.</param>
public readonly record struct DropoutKey(ulong Seed, int Step);
