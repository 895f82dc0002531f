namespace Distributed.Protocol.Wire;

/// <summary>Which programs understand each other, and compute the same bits.</summary>
public static class ProtocolVersion
{
    /// <summary>Raised with every change of proto/training.proto that an older program would misread.</summary>
    public const int Current = 2;

    /// <summary>The version of this program: the assembly that both sides have in common says it for both.</summary>
    public static string Program { get; } = typeof(ProtocolVersion).Assembly.GetName().Version!.ToString(3);

    /// <summary>Why a worker of these versions cannot join a coordinator of <paramref name="ownProgram"/>; null when it can.</summary>
    public static string? Refusal(int protocol, string program, string ownProgram)
    {
        if (protocol != Current)
        {
            return $"the worker speaks protocol version {protocol}, the coordinator speaks {Current}; install the same version on both";
        }

        // Another program version may round differently: the same bits are promised within one version alone.
        return program == ownProgram
            ? null
            : $"the worker is version {program}, the coordinator is version {ownProgram}; install the same version on both";
    }
}
