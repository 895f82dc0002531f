namespace Distributed.Coordinator.Exports;

/// <summary>What an exported graph takes and gives.</summary>
public sealed record OnnxOptions
{
    /// <summary>True: the output is "probabilities", one softmax over the classes. False: it is "logits".</summary>
    public bool Softmax { get; init; } = true;

    /// <summary>
    /// True: the input is raw features (pixels 0 to 255), scaled inside the graph. False: it is features that were scaled already.
    /// </summary>
    public bool RawFeatures { get; init; } = true;

    /// <summary>The version of this program, which the file names as its producer.</summary>
    public string ProgramVersion { get; init; } = "";
}
