using Distributed.Protocol;

namespace Distributed.Coordinator.Checkpoints;

/// <summary>What is wrong with the bytes of a safetensors file, before it is known to the reader which file they came from.</summary>
/// <param name="text">Which check failed, and what was found.</param>
/// <param name="at">The byte of the file where it failed, from 0; null where no single byte is to blame.</param>
internal sealed class SafetensorsFormatException(string text, long? at = null) : Exception(text)
{
    /// <summary>The same, at a byte of the file unless it has one already.</summary>
    public SafetensorsFormatException From(long fileByte) => at is null ? new SafetensorsFormatException(Message, fileByte) : this;

    /// <summary>The sentence for a person.</summary>
    public InputException In(string file) => new($"'{file}' cannot be used: {Message}{(at is null ? "" : $" (byte {at} of the file)")}.", this);
}
