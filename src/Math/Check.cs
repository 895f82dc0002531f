using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Distributed.Numerics;

/// <summary>Assertions that stay on in production. The message is the condition's own text.</summary>
public static class Check
{
    /// <summary>Throws <see cref="CheckException"/> when <paramref name="condition"/> is false: a bug in this program, never bad input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void That([DoesNotReturnIf(false)] bool condition, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        if (!condition)
        {
            Fail(text);
        }
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fail(string text) => throw new CheckException(text);
}

/// <summary>An invariant of the program does not hold.</summary>
public sealed class CheckException(string condition) : Exception($"Invariant broken: {condition}");
