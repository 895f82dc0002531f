using System.Buffers;
using Distributed.Numerics;

namespace Distributed.Protocol.Wire;

/// <summary>A tensor that was received, in rented memory. Whoever holds it owns it and gives it back once.</summary>
public sealed class TensorLease : IPartialOwner
{
    private float[]? _rented;
    private readonly int _floats;

    internal TensorLease(int floats)
    {
        Check.That(floats >= 1);
        Check.That(floats <= ProtocolLimits.TensorFloatsMax);
        _rented = ArrayPool<float>.Shared.Rent(floats);
        _floats = floats;
    }

    /// <summary>The tensor.</summary>
    public Memory<float> Memory => _rented.AsMemory(0, _floats);

    /// <summary>Gives the memory back.</summary>
    public void Release()
    {
        float[]? rented = Interlocked.Exchange(ref _rented, null);
        Check.That(rented is not null);
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <inheritdoc/>
    void IPartialOwner.Return(Partial partial) => Release();
}
