using Distributed.Protocol;

namespace Distributed.Coordinator.Checkpoints;

/// <summary>What is wrong with the bytes of a safetensors file, before it is known to the reader which file they came from.</summary>
internal sealed class SafetensorsFormatException(string text) : Exception(text)
{
    /// <summary>The sentence for a person.</summary>
    public InputException In(string file) => new($"'{file}' cannot be used: {Message}.", this);
}
