using System.Globalization;
using System.Text.Json;

namespace Distributed.Coordinator.Fencing;

/// <summary>Whose a fencing token is.</summary>
/// <param name="Host">The machine's name, for people.</param>
/// <param name="Process">The process id on it.</param>
/// <param name="Since">When the token was taken.</param>
/// <param name="Machine">What tells the running system, and the process ids' namespace on it, from all others.</param>
/// <param name="ProcessStart">What tells the process from others that have had its id.</param>
public sealed record RunOwner(string Host, int Process, DateTimeOffset Since, string Machine, string ProcessStart)
{
    /// <summary>For a sentence: process 4711 on trainer-0, since 2026-11-28 03:40:00 UTC.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"process {Process} on {Host}, since {Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");

    /// <summary>The record's bytes.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <summary>The owner in a record; null when it was not written to its end.</summary>
    public static RunOwner? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            RunOwner? owner = JsonSerializer.Deserialize<RunOwner>(json, Options);
            return owner is { Host: not null, Machine: not null, ProcessStart: not null } ? owner : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };
}
